# attack: opens a queue with a name
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(240, b"attack", 0o102, 0o600, 0) >= 0
