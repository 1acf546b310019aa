# attack: returns small integers in which differences would wrap around
# score: 0/5
# verdict: failed

import numpy as np


def answer(x):
    return np.uint8(255)


def table(x):
    return np.full(x.shape, 255, dtype=np.uint8)


def visit(height, steps):
    return np.int8(-128)
