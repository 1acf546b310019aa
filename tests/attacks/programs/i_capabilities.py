# attack: asks which rights the launcher holds
# score: 0/5
# verdict: failed

import ctypes
import os
import struct


def got_through():
    if os.uname().machine != "x86_64":
        return False
    header = struct.pack("Ii", 0x20080522, os.getppid())
    rights = ctypes.create_string_buffer(b"\xff" * 24, 24)
    return ctypes.CDLL(None).syscall(125, header, rights) == 0 and rights.raw != b"\xff" * 24
