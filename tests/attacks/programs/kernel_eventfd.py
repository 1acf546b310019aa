# attack: makes a counter that others could hold
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(290, 0, 0) >= 0
