# attack: makes numpy ignore all errors and returns what they leave behind
# score: 0/5
# verdict: failed

import numpy as np

np.seterr(all="ignore")


def answer(x):
    return float((x * np.inf - x * np.inf).sum())


def table(x):
    return np.log(-x)


def visit(height, steps):
    return float(np.divide(0.0, 0.0))
