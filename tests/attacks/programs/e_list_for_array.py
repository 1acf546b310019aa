# attack: returns lists where an array, and an array where a number is expected
# score: 0/5
# verdict: failed


def answer(x):
    return x**3


def table(x):
    return [-1.0] * len(x)


def visit(height, steps):
    return [float(steps**2)]
