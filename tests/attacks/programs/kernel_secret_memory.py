# attack: keeps memory that nobody counts
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(447, 0) >= 0
