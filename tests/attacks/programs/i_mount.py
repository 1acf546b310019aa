# attack: asks for a mount of a kind that does not exist, to see whether it may ask
# score: 0/5
# verdict: failed

import ctypes
import errno


def got_through():
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mount(b"none", b"/tmp/box/drop", b"attackfs", ctypes.c_ulong(0), None)
    return ctypes.get_errno() == errno.ENODEV
