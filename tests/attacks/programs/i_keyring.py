# attack: keeps a message in the kernel's keyring
# score: 0/5
# verdict: failed

import ctypes
import os
from functools import cache


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    libc = ctypes.CDLL(None)
    process_keyring, read = -2, 11
    key = libc.syscall(248, b"user", b"attack", b"open", ctypes.c_long(4), process_keyring)
    told = ctypes.create_string_buffer(8)
    return key > 0 and libc.syscall(250, read, key, told, ctypes.c_long(8)) == 4 and told.value == b"open"
