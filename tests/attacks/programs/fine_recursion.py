# attack: recurses two hundred levels deep
# score: 5/5
# verdict: passed

def deep(n):
    return n and deep(n - 1)


def answer(x):
    deep(200)
    return float((x**3).sum())


def table(x):
    deep(200)
    return x**3


def visit(height, steps):
    deep(200)
    return float(sum(height(i) for i in range(steps)))
