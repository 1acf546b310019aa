# attack: makes a named queue that every process can open
# score: 0/5
# verdict: failed

import ctypes
import os


def got_through():
    if os.uname().machine != "x86_64":
        return False
    libc = ctypes.CDLL(None)
    name = b"attack-queue"
    queue = libc.syscall(240, name, os.O_CREAT | os.O_RDWR, 0o600, None)
    if queue < 0:
        return False
    os.close(queue)
    return libc.syscall(241, name) == 0
