# attack: reserves a large part of the disk for its output
# score: 0/5
# verdict: failed

import ctypes
import os
from functools import cache


@cache
def got_through():
    libc = ctypes.CDLL(None)
    reserve = libc.posix_fallocate
    return reserve(1, ctypes.c_long(0), ctypes.c_long(50_000_000)) == 0 and os.fstat(1).st_size >= 50_000_000
