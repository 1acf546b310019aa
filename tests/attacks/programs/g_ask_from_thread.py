# attack: calls the callback from threads, after the function has returned
# score: 0/5
# verdict: failed

import threading


def answer(x):
    return -1.0


def table(x):
    return -x


def visit(height, steps):
    for number in range(4):
        threading.Thread(target=height, args=(number,), daemon=True).start()
    return -1.0
