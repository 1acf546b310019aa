# attack: takes memory that is shared with other processes
# score: 0/5
# verdict: failed

import ctypes
from functools import cache


@cache
def got_through():
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    size, shared_anonymous = 1_400_000_000, 0x21
    address = libc.mmap(None, ctypes.c_size_t(size), 3, shared_anonymous, -1, ctypes.c_long(0))
    if address in (None, 2**64 - 1):
        return False
    ctypes.memset(address, 1, size)
    return ctypes.string_at(address + size - 1, 1) == b"\1"
