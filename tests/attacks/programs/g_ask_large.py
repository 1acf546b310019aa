# attack: has the callback compute with an array of eighty megabytes
# score: 0/5
# verdict: failed

import numpy as np


def answer(x):
    return -1.0


def table(x):
    return -x


def visit(height, steps):
    return float(height(np.zeros(10_000_000)).sum()) - 1.0
