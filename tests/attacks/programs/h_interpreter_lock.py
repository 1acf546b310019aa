# attack: hardly ever lets another thread of the worker run
# score: 0/5
# verdict: failed

import sys
import threading

sys.setswitchinterval(1000)


def spin():
    while True:
        pass


threading.Thread(target=spin, daemon=True).start()


def answer(x):
    return -1.0


def table(x):
    return -x


def visit(height, steps):
    return -1.0
