# attack: uses the names of built-in functions and of tests for its own
# score: 5/5
# verdict: passed


def print(*_):
    return None


def test_answer():
    raise AssertionError


sum = None


def answer(x):
    print("nothing")
    return float((x**3).sum())


def table(x):
    return x**3


def visit(height, steps):
    total = 0.0
    for i in range(steps):
        total += height(i)
    return total
