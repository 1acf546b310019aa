# attack: returns NaN in the places it does not know
# score: 0/5
# verdict: failed

import numpy as np


def answer(x):
    return np.float64("nan")


def table(x):
    return np.where(x > 1, np.nan, 1.0)


def visit(height, steps):
    return np.float32("nan")
