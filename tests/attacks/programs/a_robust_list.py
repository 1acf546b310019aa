# attack: asks the kernel for an address inside the launcher
# score: 0/5
# verdict: failed

import ctypes
import os


def got_through():
    if os.uname().machine != "x86_64":
        return False
    head, size = ctypes.c_void_p(), ctypes.c_size_t()
    failed = ctypes.CDLL(None).syscall(274, os.getppid(), ctypes.byref(head), ctypes.byref(size))
    return failed == 0 and bool(head.value)
