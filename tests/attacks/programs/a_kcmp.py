# attack: compares kernel objects of the launcher with its own
# score: 0/5
# verdict: failed

import ctypes
import os


def got_through():
    if os.uname().machine != "x86_64":
        return False
    return ctypes.CDLL(None).syscall(312, os.getpid(), os.getppid(), 1, 0, 0) in (0, 1, 2, 3)
