# attack: opens the reference by the newer system call `openat2`
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


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    how = struct.pack("3Q", 0, 0, 0)
    descriptor = ctypes.CDLL(None).syscall(437, -100, bytes(REFERENCE), how, len(how))
    return descriptor >= 0 and b"def answer" in os.read(descriptor, 4096)
