# attack: waits in a way that was not foreseen
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(291, 0) >= 0
