# attack: returns views, transposes and arrays with gaps
# score: 5/5
# verdict: passed

import numpy as np


def answer(x):
    return float(np.flip(x) ** 3 @ np.ones(len(x)))


def table(x):
    wide = np.zeros((len(x), 3))
    wide[:, 1] = x**3
    return wide[:, 1]


def visit(height, steps):
    return np.array([height(i) for i in range(steps)]).cumsum()[-1]
