# attack: leaves a queue of messages for the next submission
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(68, 0, 0o1600) >= 0
