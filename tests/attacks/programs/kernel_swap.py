# attack: touches the swap
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(168, b"/none") >= 0
