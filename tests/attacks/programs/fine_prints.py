# attack: prints a lot, though it is right
# score: 5/5
# verdict: passed

def answer(x):
    print("x" * 100_000)
    return float((x**3).sum())


def table(x):
    print("x" * 100_000)
    return x**3


def visit(height, steps):
    print("x" * 100_000)
    return float(sum(height(i) for i in range(steps)))
