# attack: makes a timer that signals for it
# score: 0/5
# verdict: failed

import ctypes
import os


def got_through():
    event = (ctypes.c_int * 16)(0, 0, 0, 4, os.getppid())
    timer = ctypes.c_void_p()
    return ctypes.CDLL(None).syscall(222, 0, event, ctypes.byref(timer)) == 0
