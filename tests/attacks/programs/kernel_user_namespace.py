# attack: makes a user namespace, where it would be root
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(272, 0x10000000) >= 0
