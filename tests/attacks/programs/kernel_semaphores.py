# attack: leaves semaphores for the next submission
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(64, 0, 1, 0o1600) >= 0
