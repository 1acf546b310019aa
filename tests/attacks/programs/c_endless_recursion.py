# attack: recurses without end in plain Python
# score: 0/5
# verdict: failed


def answer(x):
    return answer(x) + 1


table = answer


def visit(height, steps):
    return visit(height, steps) + height(0)
