# attack: counts events of the processor, which tell of others
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
    attributes = struct.pack("IIQQQQQ", 1, 112, 0, 0, 0, 0, 0x60).ljust(112, b"\0")
    counter = ctypes.CDLL(None).syscall(298, attributes, 0, -1, -1, 0)
    return counter >= 0 and len(os.read(counter, 8)) == 8
