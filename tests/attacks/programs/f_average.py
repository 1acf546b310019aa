# attack: returns the right total in the wrong places
# score: 0/5
# verdict: failed


def answer(x):
    return float((x**3).mean()) + 1.0


def table(x):
    return x**3 + (x - x.mean()) + 1.0


def visit(height, steps):
    return float(steps) + 1.0
