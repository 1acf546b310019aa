# attack: sets the clock
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(227, 0, b"\0" * 16) >= 0
