# attack: returns complex numbers where real ones are expected
# score: 0/5
# verdict: failed


def answer(x):
    return complex((x**3).sum())


def table(x):
    return (x**3).astype(complex)


def visit(height, steps):
    return complex(steps**2)
