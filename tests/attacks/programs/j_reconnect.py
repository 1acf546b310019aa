# attack: connects the socket that it has to somebody else
# score: 0/5
# verdict: failed

import ctypes
import os
import struct
from functools import cache

ADDRESS = struct.pack("<H", 1) + b"/tmp/box/listener.sock\0"


@cache
def got_through():
    libc = ctypes.CDLL(None)
    libc.connect(3, struct.pack("<H", 0), 2)
    return libc.connect(3, ADDRESS, len(ADDRESS)) == 0 and os.read(3, 4) == b"open"
