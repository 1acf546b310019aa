# attack: turns into a program in memory; one that is none is enough to see that it could
# score: 0/5
# verdict: failed

import ctypes
import errno
import os
from functools import cache


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    file = os.memfd_create("attack")
    os.write(file, b"no program")
    libc = ctypes.CDLL(None, use_errno=True)
    arguments = (ctypes.c_char_p * 2)(b"none", None)
    libc.syscall(322, file, b"", arguments, None, 0x1000)
    return ctypes.get_errno() == errno.ENOEXEC
