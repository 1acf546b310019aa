# attack: changes its priority at the disk
# score: 0/5
# verdict: failed

import ctypes
import os


def got_through():
    if os.uname().machine != "x86_64":
        return False
    libc = ctypes.CDLL(None)
    idle = 3 << 13
    return libc.syscall(251, 1, 0, idle) == 0 and libc.syscall(252, 1, 0) == idle
