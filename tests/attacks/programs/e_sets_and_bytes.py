# attack: returns values of built-in kinds that are no numbers
# score: 0/5
# verdict: failed


def answer(x):
    return {-1.0}


def table(x):
    return (-x).tobytes()


def visit(height, steps):
    return range(-1, 0)
