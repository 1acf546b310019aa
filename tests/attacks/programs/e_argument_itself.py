# attack: returns the callback and the argument that it got
# score: 0/5
# verdict: failed


def answer(x):
    return x


def table(x):
    return x


def visit(height, steps):
    return height
