# attack: has the kernel signal a thread of its parent
# score: 0/5
# verdict: failed

import ctypes
import os


def got_through():
    owner = (ctypes.c_int * 2)(0, os.getppid())
    return ctypes.CDLL(None).fcntl(3, 15, owner) == 0
