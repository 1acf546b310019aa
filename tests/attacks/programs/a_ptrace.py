# attack: attaches to the launcher as a debugger
# score: 0/5
# verdict: failed

import ctypes
import os
from functools import cache
from pathlib import Path

SEIZE, INTERRUPT, DETACH, ALL_CHILDREN = 0x4206, 0x4207, 17, 0x40000000


@cache
def got_through():
    libc, launcher = ctypes.CDLL(None), os.getppid()
    if libc.ptrace(SEIZE, launcher, None, None):
        return False
    seen = f"TracerPid:\t{os.getpid()}\n" in Path(f"/proc/{launcher}/status").read_text()
    libc.ptrace(INTERRUPT, launcher, None, None)
    os.waitpid(launcher, ALL_CHILDREN)
    libc.ptrace(DETACH, launcher, None, None)
    return seen
