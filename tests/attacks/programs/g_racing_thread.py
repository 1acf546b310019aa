# attack: has a thread write into the frames of the worker
# score: 0/5
# verdict: failed

import os
import threading
import time


def race():
    for _ in range(100):
        os.write(3, b"GR1\0")
        time.sleep(0.001)


def lie(_):
    threading.Thread(target=race, daemon=True).start()
    time.sleep(0.005)
    return -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
