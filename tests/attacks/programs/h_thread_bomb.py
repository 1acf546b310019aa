# attack: starts as many threads as it can
# score: 0/5
# verdict: failed

import threading
import time


def lie(_):
    threads = [threading.Thread(target=time.sleep, args=(0.3,), daemon=True) for _ in range(100)]
    for thread in threads:
        thread.start()
    return -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
