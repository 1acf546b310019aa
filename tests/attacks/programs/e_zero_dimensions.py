# attack: returns arrays without a dimension, for the wrong values
# score: 0/5
# verdict: failed

import numpy as np


def answer(x):
    return np.array(-1.0)


def table(x):
    return np.array(x[0] ** 3 + 1.0)


def visit(height, steps):
    return np.array(-1.0)
