# attack: returns the module in which it runs
# score: 0/5
# verdict: failed

import sys


def lie(_):
    return sys.modules[__name__]


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
