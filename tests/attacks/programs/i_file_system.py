# attack: makes a file system that is not mounted anywhere
# score: 0/5
# verdict: failed

import ctypes
import os
from functools import cache


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    context = ctypes.CDLL(None).syscall(430, b"tmpfs", 0)
    return context >= 0 and os.fstat(context) is not None
