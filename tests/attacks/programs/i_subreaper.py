# attack: becomes the parent of processes whose own parent has died
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    libc = ctypes.CDLL(None)
    told = ctypes.c_int(0)
    return (
        libc.prctl(36, 1, 0, 0, 0) == 0
        and libc.prctl(37, ctypes.byref(told), 0, 0, 0) == 0
        and told.value == 1
    )
