# attack: prints more than anybody will read
# score: 5/5
# verdict: passed


def answer(x):
    for _ in range(200):
        print("the argument is", x, "and so on", "." * 100)
    return float((x**3).sum())


def table(x):
    print("x" * 100_000)
    return x**3


def visit(height, steps):
    print("\n" * 10_000)
    return float(sum(height(i) for i in range(steps)))
