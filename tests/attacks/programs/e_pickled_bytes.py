# attack: returns the bytes of a pickle that would run code
# score: 0/5
# verdict: failed

import pickle

PICKLED = b"cos\ngetpid\n(tR."


def answer(x):
    return PICKLED


def table(x):
    return bytearray(PICKLED)


def visit(height, steps):
    return pickle.PickleBuffer(PICKLED)
