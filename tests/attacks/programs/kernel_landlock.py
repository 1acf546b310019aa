# attack: makes rules of its own
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(444, b"\xff\x1f" + b"\0" * 6, 8, 0) >= 0
