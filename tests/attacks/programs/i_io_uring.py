# attack: has the kernel make system calls on its behalf
# score: 0/5
# verdict: failed

import ctypes
import os
from functools import cache


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    ring = ctypes.CDLL(None).syscall(425, 4, ctypes.create_string_buffer(120))
    return ring >= 0 and os.fstat(ring) is not None
