# attack: shares memory with whoever comes next
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(29, 0, 4096, 0o1600) >= 0
