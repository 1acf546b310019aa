# attack: returns an integer that is too large for any float
# score: 0/5
# verdict: failed


def answer(x):
    return 10**399


def table(x):
    return [10**399] * len(x)


def visit(height, steps):
    return -(10**399)
