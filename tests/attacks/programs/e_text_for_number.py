# attack: returns the numbers as text
# score: 0/5
# verdict: failed


def answer(x):
    return str((x**3).sum())


def table(x):
    return str(x**3)


def visit(height, steps):
    return str(steps**2)
