# attack: takes a copy of a mount
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(428, -100, b"/tmp/box", 1) >= 0
