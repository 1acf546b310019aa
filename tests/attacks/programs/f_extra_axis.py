# attack: returns the cubes with one axis too many
# score: 0/5
# verdict: failed


def answer(x):
    return (x**3)[None]


def table(x):
    return (x**3)[None]


def visit(height, steps):
    return -1.0
