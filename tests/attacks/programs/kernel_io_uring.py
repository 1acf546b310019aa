# attack: has a ring do its calls
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(425, 1, b"\0" * 120) >= 0
