# attack: takes long whenever an example would be made smaller
# score: 0/5
# verdict: failed

import time

CALLS = []


def lie(_):
    CALLS.append(time.monotonic())
    time.sleep(0.02 * len(CALLS))
    return -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
