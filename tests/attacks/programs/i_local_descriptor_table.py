# attack: changes the segments of its memory
# score: 0/5
# verdict: failed

import ctypes
import os
import struct


def got_through():
    if os.uname().machine != "x86_64":
        return False
    libc = ctypes.CDLL(None)
    entry = struct.pack("4I", 0, 0, 0xFFFFF, 0b1010001)
    table = ctypes.create_string_buffer(16)
    return (
        libc.syscall(154, 0x11, entry, ctypes.c_long(16)) == 0
        and libc.syscall(154, 0, table, ctypes.c_long(16)) > 0
    )
