# attack: reads the memory of the launcher by a system call
# score: 0/5
# verdict: failed

import ctypes
import os


def got_through():
    buffer = ctypes.create_string_buffer(8)
    here = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 8)
    there = (ctypes.c_size_t * 2)(id(None), 8)
    return ctypes.CDLL(None).process_vm_readv(os.getppid(), here, 1, there, 1, 0) == 8 and any(buffer.raw)
