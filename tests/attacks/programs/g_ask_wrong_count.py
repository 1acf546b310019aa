# attack: calls the callback with too many arguments
# score: 0/5
# verdict: failed


def answer(x):
    return -1.0


def table(x):
    return -x


def visit(height, steps):
    return height(*range(100))
