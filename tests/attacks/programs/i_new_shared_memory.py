# attack: makes shared memory that outlives it
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    libc = ctypes.CDLL(None)
    number = libc.shmget(0, 4096, 0o1600)
    return number >= 0 and libc.shmctl(number, 0, None) == 0
