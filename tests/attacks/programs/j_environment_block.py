# attack: looks for secrets in the environment that the C library holds
# score: 0/5
# verdict: failed

import ctypes
from functools import cache


@cache
def got_through():
    entry = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    number = 0
    while entry and entry[number]:
        if b"SECRET" in entry[number]:
            return True
        number += 1
    return False
