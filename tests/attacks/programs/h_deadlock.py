# attack: waits for a lock that it holds itself
# score: 0/5
# verdict: failed

import threading


def lie(_):
    lock = threading.Lock()
    lock.acquire()
    return lock.acquire()


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
