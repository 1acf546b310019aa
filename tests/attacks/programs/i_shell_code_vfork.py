# attack: starts a process by `vfork` in machine code of its own, which exits at once
# score: 0/5
# verdict: failed

import ctypes
import os
from functools import cache

# vfork; in the child: exit(7)
VFORK = bytes.fromhex("b83a000000 0f05 85c0 750c bf07000000 b83c000000 0f05 c3")


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
    pid = ctypes.CFUNCTYPE(ctypes.c_int)(executable(VFORK))()
    return pid > 0 and os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
