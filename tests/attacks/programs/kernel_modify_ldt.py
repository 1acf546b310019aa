# attack: changes its segments
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(154, 0, b"\0" * 64, 64) >= 0
