# attack: has numpy raise at every warning and computes without any
# score: 5/5
# verdict: passed

import numpy as np

np.seterr(all="raise")
np.set_printoptions(precision=1)
np.random.seed(7)


def answer(x):
    return float((x**3).sum())


def table(x):
    return x**3


def visit(height, steps):
    return float(sum(height(i) for i in range(steps)))
