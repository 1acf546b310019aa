# attack: renames the machine
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(170, b"attack", 6) >= 0
