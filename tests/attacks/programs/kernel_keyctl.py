# attack: asks for a keyring
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(250, 0, -3, 1) >= 0
