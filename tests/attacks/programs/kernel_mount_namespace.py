# attack: makes a mount namespace
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(272, 0x20000) >= 0
