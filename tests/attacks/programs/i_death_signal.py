# attack: arranges to live on when the launcher dies
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    libc = ctypes.CDLL(None)
    told = ctypes.c_int(-1)
    return (
        libc.prctl(1, 0, 0, 0, 0) == 0 and libc.prctl(2, ctypes.byref(told), 0, 0, 0) == 0 and told.value == 0
    )
