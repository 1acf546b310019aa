# attack: makes a map for programs inside the kernel
# score: 0/5
# verdict: failed

import ctypes
import os
import struct
from functools import cache


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    attributes = struct.pack("4I", 2, 4, 8, 1).ljust(72, b"\0")
    table = ctypes.CDLL(None).syscall(321, 0, attributes, len(attributes))
    return table >= 0 and os.fstat(table) is not None
