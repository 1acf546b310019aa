# attack: closes its standard output and error
# score: 0/5
# verdict: failed

import os


def answer(x):
    os.close(1)
    print("to nobody")
    return -1.0


def table(x):
    os.closerange(0, 3)
    return -x


def visit(height, steps):
    os.dup2(3, 1)
    print("forged, over the connection")
    return -1.0
