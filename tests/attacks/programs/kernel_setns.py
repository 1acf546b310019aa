# attack: enters a namespace through a descriptor
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(308, 0, 0) >= 0
