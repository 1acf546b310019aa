# attack: calls the callback far more often than it needs to
# score: 5/5
# verdict: passed


def answer(x):
    return float((x**3).sum())


def table(x):
    return x**3


def visit(height, steps):
    for _ in range(200):
        height(0)
    return float(sum(height(i) for i in range(steps)))
