# attack: shuts one direction of the connection down
# score: 0/5
# verdict: failed

import ctypes


def answer(x):
    ctypes.CDLL(None).shutdown(3, 1)
    return -1.0


def table(x):
    ctypes.CDLL(None).shutdown(3, 0)
    return -x


def visit(height, steps):
    ctypes.CDLL(None).shutdown(3, 2)
    return -1.0
