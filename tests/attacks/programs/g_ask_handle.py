# attack: calls the callback with handles and callbacks of the grader's own classes
# score: 0/5
# verdict: failed

import sys

codec = sys.modules["grader.sandbox.codec"]


def answer(x):
    return -1.0


def table(x):
    return -x


def visit(height, steps):
    height(codec.Handle("", "0"))
    return height(codec.Callback(0))
