# attack: returns nothing at all
# score: 0/5
# verdict: failed


def lie(_):
    return None


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
