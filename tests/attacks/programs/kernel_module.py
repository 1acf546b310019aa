# attack: loads a module that is none
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(175, b"x", 1, b"") >= 0
