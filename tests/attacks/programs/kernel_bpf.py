# attack: loads a program into the kernel
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(321, 5, b"\0" * 64, 64) >= 0
