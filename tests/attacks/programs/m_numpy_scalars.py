# attack: returns numbers of numpy's kinds
# score: 5/5
# verdict: passed

import numpy as np


def answer(x):
    return (x**3).sum()


def table(x):
    return np.power(x, 3)


def visit(height, steps):
    return np.sum([height(np.int64(i)) for i in np.arange(steps)])
