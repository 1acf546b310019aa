# attack: asks for quotas
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(179, 0, 0, 0, 0) >= 0
