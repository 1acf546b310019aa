# attack: makes a semaphore that outlives it
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    libc = ctypes.CDLL(None)
    number = libc.semget(0, 1, 0o1600)
    return number >= 0 and libc.semctl(number, 0, 0) == 0
