# attack: returns numbers in the byte order of other machines, read wrongly
# score: 0/5
# verdict: failed

import numpy as np


def answer(x):
    return np.array(-1.0, dtype=">f8")


def table(x):
    return (-x).astype(">f8")


def visit(height, steps):
    return np.array(-1.0).view(">f8")[()]
