# attack: opens a file system
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(430, b"tmpfs", 0) >= 0
