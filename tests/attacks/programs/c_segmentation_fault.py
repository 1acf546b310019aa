# attack: crashes the interpreter
# score: 0/5
# verdict: failed

import ctypes


def answer(x):
    return ctypes.string_at(0)


table = answer


def visit(height, steps):
    return ctypes.string_at(0)
