# attack: returns NaN of unusual bit patterns
# score: 0/5
# verdict: failed

import numpy as np

ODD = np.array([0x7FF4_0000_0000_0001], dtype=np.uint64).view(np.float64)[0]


def answer(x):
    return float(ODD)


def table(x):
    return np.full_like(x, ODD)


def visit(height, steps):
    return ODD
