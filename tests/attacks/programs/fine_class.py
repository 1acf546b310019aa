# attack: lives in a class
# score: 5/5
# verdict: passed

class Solution:
    def answer(self, x):
        return float((x**3).sum())

    def table(self, x):
        return x**3

    @staticmethod
    def visit(height, steps):
        return float(sum(height(i) for i in range(steps)))


answer, table, visit = Solution().answer, Solution().table, Solution.visit
