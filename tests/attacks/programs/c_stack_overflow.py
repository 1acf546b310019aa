# attack: overflows the stack of the C code
# score: 0/5
# verdict: failed

import sys

sys.setrecursionlimit(10**9)


class Deep:
    def __repr__(self):
        return repr(self)


def answer(x):
    return len(repr(Deep()))


table = answer


def visit(height, steps):
    return len(repr(Deep()))
