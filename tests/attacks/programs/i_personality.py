# attack: switches off the random placing of its memory
# score: 0/5
# verdict: failed

import ctypes
import os

NO_RANDOMIZE, ASK = 0x0040000, 0xFFFFFFFF


def got_through():
    if os.uname().machine != "x86_64":
        return False
    libc = ctypes.CDLL(None)
    libc.syscall(135, ctypes.c_ulong(NO_RANDOMIZE))
    told = libc.syscall(135, ctypes.c_ulong(ASK))
    return told >= 0 and bool(told & NO_RANDOMIZE)
