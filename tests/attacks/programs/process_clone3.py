# attack: starts a process by clone3, whose flags no filter can read
# score: 0/5
# verdict: failed

import ctypes
import os


def got_through():
    arguments = (ctypes.c_uint64 * 8)(0, 0, 0, 0, 17, 0, 0, 0)
    pid = ctypes.CDLL(None).syscall(435, arguments, 64)
    if pid == 0:
        os._exit(0)
    return pid > 0
