# attack: makes a queue of messages that outlives it
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    libc = ctypes.CDLL(None)
    number = libc.msgget(0, 0o1600)
    return number >= 0 and libc.msgctl(number, 0, None) == 0
