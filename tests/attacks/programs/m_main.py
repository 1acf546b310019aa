# attack: runs and tests itself when it is loaded
# score: 5/5
# verdict: passed

import unittest


def answer(x):
    return float((x**3).sum())


def table(x):
    return x**3


def visit(height, steps):
    return float(sum(height(i) for i in range(steps)))


class Test(unittest.TestCase):
    def test_visit(self):
        self.assertEqual(visit(float, 3), 3.0)


if __name__ == "__main__":
    unittest.main()

assert visit(float, 4) == 6.0
