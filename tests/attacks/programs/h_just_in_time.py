# attack: takes a little less than the limit for every call
# score: 0/5
# verdict: failed

import time


def lie(_):
    time.sleep(0.9)
    return -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
