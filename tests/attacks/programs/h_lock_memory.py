# attack: locks memory so that it cannot be swapped out
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    page = ctypes.create_string_buffer(8192)
    libc = ctypes.CDLL(None)
    size = ctypes.c_size_t(4096)
    return libc.mlock(page, size) == 0 and libc.munlock(page, size) == 0
