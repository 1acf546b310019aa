# attack: lowers a limit of its own by the older system call
# score: 0/5
# verdict: failed

import ctypes
import os
import resource
import struct


def got_through():
    if os.uname().machine != "x86_64":
        return False
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    libc = ctypes.CDLL(None)
    if libc.syscall(160, resource.RLIMIT_NOFILE, struct.pack("2Q", soft - 1, hard)):
        return False
    seen = resource.getrlimit(resource.RLIMIT_NOFILE)[0] == soft - 1
    libc.syscall(160, resource.RLIMIT_NOFILE, struct.pack("2Q", soft, hard))
    return seen
