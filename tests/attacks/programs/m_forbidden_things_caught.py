# attack: tries what is forbidden, takes no for an answer and goes on
# score: 5/5
# verdict: passed

from pathlib import Path

try:
    TEXT = Path("/tmp/box/none.txt").read_text()
except OSError:
    TEXT = ""

try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None


def answer(x):
    return float((x**3).sum())


def table(x):
    return x**3


def visit(height, steps):
    return float(sum(height(i) for i in range(steps)))
