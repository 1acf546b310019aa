# attack: returns numpy scalars
# score: 5/5
# verdict: passed

import numpy as np


def answer(x):
    return np.einsum("i,i,i->", x, x, x)


def table(x):
    return np.array([v * v * v for v in x])


def visit(height, steps):
    return np.float64(sum(map(height, range(steps))))
