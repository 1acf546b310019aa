# attack: recurses deeply, but not without end
# score: 5/5
# verdict: passed

import sys

sys.setrecursionlimit(5000)


def deep(levels):
    return 0.0 if levels == 0 else deep(levels - 1)


def answer(x):
    return float((x**3).sum()) + deep(2000)


def table(x):
    return x**3


def visit(height, steps):
    return height(steps - 1) + visit(height, steps - 1) if steps else 0.0
