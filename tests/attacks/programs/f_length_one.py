# attack: returns an array of one entry that would be broadcast over all
# score: 0/5
# verdict: failed

import numpy as np


def answer(x):
    return np.array([float((x**3).sum())])


def table(x):
    return -(x[:1] ** 3)


def visit(height, steps):
    return np.full(1, -1.0)
