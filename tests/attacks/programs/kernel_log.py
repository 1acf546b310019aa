# attack: reads the log of the kernel
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(103, 10, 0, 0) >= 0
