# attack: asks for what only reboot could do, with the wrong magic
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None, use_errno=True).syscall(169, 0, 0, 0, 0) >= 0
