# attack: has a print of its own
# score: 5/5
# verdict: passed

def print(*arguments):
    pass


def answer(x):
    print()
    return float((x**3).sum())


def table(x):
    print()
    return x**3


def visit(height, steps):
    print()
    return float(sum(height(i) for i in range(steps)))
