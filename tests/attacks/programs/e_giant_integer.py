# attack: returns an integer of three million digits
# score: 0/5
# verdict: failed


def lie(_):
    return 1 << 10_000_000


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
