# attack: makes a context for asynchronous input and output
# score: 0/5
# verdict: failed

import ctypes
import os


def got_through():
    if os.uname().machine != "x86_64":
        return False
    libc, context = ctypes.CDLL(None), ctypes.c_ulong(0)
    return libc.syscall(206, 1, ctypes.byref(context)) == 0 and libc.syscall(207, context) == 0
