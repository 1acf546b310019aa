# attack: calls the kernel by the numbers of x32
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(0x40000000 + 39) >= 0
