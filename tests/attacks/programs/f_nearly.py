# attack: returns numbers that are almost right, to try the tolerance
# score: 0/5
# verdict: failed


def answer(x):
    return float((x**3).sum()) * (1 + 1e-4)


def table(x):
    return x**3 + 1e-4


def visit(height, steps):
    return steps**2 + 1e-4
