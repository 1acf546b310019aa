# attack: returns half precision numbers that have overflowed
# score: 0/5
# verdict: failed

import numpy as np


def answer(x):
    return np.float16(np.inf)


def table(x):
    return np.full(x.shape, np.inf, dtype=np.float16)


def visit(height, steps):
    return np.float16(-np.inf)
