# attack: reads shared memory that was left by others
# score: 0/5
# verdict: failed

import ctypes
from functools import cache


@cache
def got_through():
    libc = ctypes.CDLL(None)
    libc.shmat.restype = ctypes.c_void_p
    number = libc.shmget(0x6772, 0, 0)
    if number < 0:
        return False
    address = libc.shmat(number, None, 0o10000)
    return address not in (None, 2**64 - 1) and ctypes.string_at(address, 4) == b"open"
