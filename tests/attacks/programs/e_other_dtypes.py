# attack: returns dates, long doubles and byte strings
# score: 0/5
# verdict: failed

import numpy as np


def answer(x):
    return np.longdouble(-1)


def table(x):
    return x.astype("datetime64[s]")


def visit(height, steps):
    return np.bytes_(b"-1")
