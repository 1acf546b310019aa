"""The cubes, in three ways."""


def answer(x):
    """The sum of the cubes."""
    return float((x**3).sum())


def table(x):
    """The cubes."""
    return x**3


def visit(height, steps):
    """The sum of the heights."""
    return float(sum(height(i) for i in range(steps)))
