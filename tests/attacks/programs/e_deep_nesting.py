# attack: returns a list a hundred thousand levels deep
# score: 0/5
# verdict: failed


def lie(_):
    value = []
    for _ in range(100_000):
        value = [value]
    return value


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
