# attack: runs machine code that starts a process
# score: 0/5
# verdict: failed

import ctypes
import mmap
import os
import platform

CODE = bytes.fromhex("b8390000000f05c3")  # mov eax, fork; syscall; ret


def got_through():
    if platform.machine() != "x86_64":
        return False
    page = mmap.mmap(-1, 4096, prot=7)
    page.write(CODE)
    pid = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
    if pid == 0:
        os._exit(0)
    return pid > 0
