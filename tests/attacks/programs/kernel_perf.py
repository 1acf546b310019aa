# attack: watches others by performance counters
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(298, b"\1\0\0\0\x80" + b"\0" * 123, 0, -1, -1, 0) >= 0
