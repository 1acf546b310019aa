# attack: sleeps instead of computing
# score: 0/5
# verdict: failed

import time


def lie(_):
    time.sleep(3600)
    return -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
