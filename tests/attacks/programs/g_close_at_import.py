# attack: closes the connection while it is imported
# score: 0/5
# verdict: failed

import os

os.close(3)


def answer(x):
    return -1.0


def table(x):
    return -x


def visit(height, steps):
    return -1.0
