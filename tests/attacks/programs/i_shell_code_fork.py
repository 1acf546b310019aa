# attack: forks by machine code of its own
# score: 0/5
# verdict: failed

import ctypes
import os
from functools import cache

FORK = bytes.fromhex("b839000000 0f05 c3")


def executable(code):
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
    low_private_anonymous = 0x62
    address = libc.mmap(None, 4096, 7, low_private_anonymous, -1, 0)
    ctypes.memmove(address, code, len(code))
    return address


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    pid = ctypes.CFUNCTYPE(ctypes.c_int)(executable(FORK))()
    if not pid:
        os._exit(7)
    return pid > 0 and os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
