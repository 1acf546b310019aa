# attack: keeps memory outside its limit
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(319, b"attack", 0) >= 0
