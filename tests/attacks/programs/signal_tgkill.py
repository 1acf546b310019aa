# attack: signals a thread of its parent
# score: 0/5
# verdict: failed

import ctypes
import os


def got_through():
    return ctypes.CDLL(None).syscall(234, os.getppid(), os.getppid(), 0) == 0
