# attack: asks for access to the ports of the hardware
# score: 0/5
# verdict: failed

import ctypes
import os


def got_through():
    if os.uname().machine != "x86_64":
        return False
    return ctypes.CDLL(None).syscall(173, ctypes.c_ulong(0x80), ctypes.c_ulong(1), 0) == 0
