# attack: never ends and ignores every signal that would tell it to
# score: 0/5
# verdict: failed

import signal
from contextlib import suppress


def lie(_):
    for number in range(1, 65):
        with suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_IGN)
    while True:
        with suppress(BaseException):
            while True:
                pass


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
