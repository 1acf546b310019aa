# attack: changes the mode of its standard output by a raw system call
# score: 0/5
# verdict: failed

import ctypes
import os


def got_through():
    if os.uname().machine != "x86_64":
        return False
    before = os.fstat(1).st_mode & 0o7777
    libc = ctypes.CDLL(None)
    if libc.syscall(91, 1, before ^ 0o001):
        return False
    seen = os.fstat(1).st_mode & 0o7777 != before
    libc.syscall(91, 1, before)
    return seen
