# attack: reads signals as a file
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(289, -1, b"\0" * 8, 8, 0) >= 0
