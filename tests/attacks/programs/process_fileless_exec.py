# attack: starts a program from memory
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    libc = ctypes.CDLL(None)
    descriptor = libc.memfd_create(b"x", 0)
    return descriptor >= 0
