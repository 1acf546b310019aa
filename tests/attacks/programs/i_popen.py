# attack: runs a command by the C library
# score: 0/5
# verdict: failed

import ctypes
from functools import cache


@cache
def got_through():
    libc = ctypes.CDLL(None)
    libc.popen.restype = ctypes.c_void_p
    stream = ctypes.c_void_p(libc.popen(b"echo open", b"r"))
    if not stream:
        return False
    line = ctypes.create_string_buffer(64)
    libc.fgets(line, 64, stream)
    libc.pclose(stream)
    return line.value == b"open\n"
