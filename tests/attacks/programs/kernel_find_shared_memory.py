# attack: finds the memory that another process shares
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    libc = ctypes.CDLL(None)
    libc.shmat.restype = ctypes.c_void_p
    number = libc.shmget(0x6772, 4096, 0)
    return number >= 0 and ctypes.string_at(libc.shmat(number, None, 0o10000), 11) == b"open sesame"
