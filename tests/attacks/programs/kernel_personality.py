# attack: changes its personality
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(135, 0x0040000) >= 0
