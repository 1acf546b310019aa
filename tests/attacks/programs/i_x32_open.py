# attack: opens a file by the system calls of the x32 architecture
# score: 0/5
# verdict: failed

import ctypes
import os
from functools import cache


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    descriptor = ctypes.CDLL(None).syscall(0x40000002, b"/tmp/box/canary.txt", 0)
    return descriptor >= 0 and os.read(descriptor, 64).startswith(b"open")
