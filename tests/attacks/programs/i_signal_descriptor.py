# attack: receives its signals as a file
# score: 0/5
# verdict: failed

import ctypes
import os
from functools import cache


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    descriptor = ctypes.CDLL(None).syscall(289, -1, bytes(8), ctypes.c_long(8), 0)
    return descriptor >= 0 and os.fstat(descriptor) is not None
