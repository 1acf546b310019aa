# attack: opens the reference by its handle, past every path
# score: 0/5
# verdict: failed

import ctypes
import os
import struct
import sys
from functools import cache
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"
LIBC = ctypes.CDLL(None)


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    handle = ctypes.create_string_buffer(struct.pack("Ii", 128, 0), 136)
    if LIBC.syscall(303, -100, bytes(REFERENCE), handle, ctypes.byref(ctypes.c_int()), 0):
        return False
    descriptor = LIBC.syscall(304, os.open(FOLDER, os.O_RDONLY), handle, 0)
    return descriptor >= 0 and b"def answer" in os.read(descriptor, 4096)
