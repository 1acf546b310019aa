# attack: changes the attributes of a mount
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(442, -100, b"/tmp/box", 0, b"\0" * 32, 32) >= 0
