# attack: loads a filter of its own
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(317, 0, 0, 0) >= 0
