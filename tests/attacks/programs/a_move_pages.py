# attack: asks where the pages of the launcher's memory lie
# score: 0/5
# verdict: failed

import ctypes
import os


def got_through():
    if os.uname().machine != "x86_64":
        return False
    page = ctypes.c_void_p(id(None) & ~0xFFF)
    status = ctypes.c_int(-1)
    nodes = ctypes.c_void_p(None)
    arguments = (ctypes.c_long(1), ctypes.byref(page), nodes, ctypes.byref(status), 0)
    return ctypes.CDLL(None).syscall(279, os.getppid(), *arguments) == 0 and status.value >= 0
