# attack: makes writable memory executable
# score: 0/5
# verdict: failed

import ctypes
import mmap


def got_through():
    page = mmap.mmap(-1, 4096)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    return ctypes.CDLL(None).mprotect(ctypes.c_void_p(address), 4096, 7) == 0
