# attack: signals the launcher through a descriptor of its process
# score: 0/5
# verdict: failed

import ctypes
import os
import signal
from functools import cache


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    libc = ctypes.CDLL(None)
    process = libc.syscall(434, os.getppid(), 0)
    return process >= 0 and libc.syscall(424, process, signal.SIGURG, None, 0) == 0
