# attack: calls the callback with things that make the test itself fail
# score: 0/5
# verdict: failed

import numpy as np


def answer(x):
    return -1.0


def table(x):
    return -x


def visit(height, steps):
    for bad in ("text", None, [0], {}, np.zeros(0)):
        height(bad)
    return -1.0
