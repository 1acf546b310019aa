# attack: computes a number that takes for ever, inside C code
# score: 0/5
# verdict: failed


def lie(_):
    return len(str(9 ** (10**7))) * -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
