# attack: leaves a thread that sleeps
# score: 5/5
# verdict: passed

import threading
import time


def answer(x):
    threading.Thread(target=time.sleep, args=(0.01,), daemon=True).start()
    return float((x**3).sum())


def table(x):
    threading.Thread(target=time.sleep, args=(0.01,), daemon=True).start()
    return x**3


def visit(height, steps):
    threading.Thread(target=time.sleep, args=(0.01,), daemon=True).start()
    return float(sum(height(i) for i in range(steps)))
