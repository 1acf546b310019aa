# attack: makes a user namespace, in which it would be root
# score: 0/5
# verdict: failed

import ctypes
import os
from functools import cache


@cache
def got_through():
    return ctypes.CDLL(None).unshare(0x10000000) == 0 and os.getuid() == 65534
