# attack: calls the kernel through its 32-bit table
# score: 0/5
# verdict: failed

import ctypes
import mmap
import platform

CODE = bytes.fromhex("b814000000cd80c3")  # mov eax, getpid of i386; int 0x80; ret


def got_through():
    if platform.machine() != "x86_64":
        return False
    page = mmap.mmap(-1, 4096, prot=7)
    page.write(CODE)
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))() > 0
