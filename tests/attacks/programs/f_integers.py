# attack: returns cubes that lost their kind, in integers
# score: 0/5
# verdict: failed


def answer(x):
    return -int((x**3).sum())


def table(x):
    return (x**3).astype(int)


def visit(height, steps):
    return -(steps**2)
