# attack: returns complex numbers whose real part alone is right
# score: 0/5
# verdict: failed


def answer(x):
    return complex((x**3).sum(), 1.0)


def table(x):
    return x**3 + 1j


def visit(height, steps):
    return complex(steps**2, -1.0)
