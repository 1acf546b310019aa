# attack: makes a file by the raw system call `creat`
# score: 0/5
# verdict: failed

import ctypes
import os
from functools import cache
from pathlib import Path


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    path = Path(f"/tmp/box/drop/attack-{os.getpid()}")
    try:
        descriptor = ctypes.CDLL(None).syscall(85, bytes(path), 0o600)
        return descriptor >= 0 and os.write(descriptor, b"open") == 4
    finally:
        path.unlink(missing_ok=True)
