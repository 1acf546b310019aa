# attack: leaves a thread that sleeps
# score: 5/5
# verdict: passed

import threading
import time

threading.Thread(target=time.sleep, args=(60,), daemon=True).start()


def answer(x):
    return float((x**3).sum())


def table(x):
    return x**3


def visit(height, steps):
    return float(sum(height(i) for i in range(steps)))
