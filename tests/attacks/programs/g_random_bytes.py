# attack: writes random bytes behind the right beginning of a frame
# score: 0/5
# verdict: failed

import os


def lie(_):
    os.write(3, b"GR1\0\0\0\0\x40\0\0\0\0\0\0\0\x40" + os.urandom(128))
    return -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
