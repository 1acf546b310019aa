# attack: handles its own page faults, which helps attacks on the kernel
# score: 0/5
# verdict: failed

import ctypes
import os
from functools import cache


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    descriptor = ctypes.CDLL(None).syscall(323, 1)
    return descriptor >= 0 and os.fstat(descriptor) is not None
