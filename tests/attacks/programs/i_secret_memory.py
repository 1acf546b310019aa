# attack: makes a file in memory that not even the kernel can read
# score: 0/5
# verdict: failed

import ctypes
import os
from functools import cache


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    file = ctypes.CDLL(None).syscall(447, 0)
    return file >= 0 and os.fstat(file).st_size == 0
