# attack: has the kernel report who opens the reference
# score: 0/5
# verdict: failed

import ctypes
import os
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
    libc = ctypes.CDLL(None)
    queue = libc.syscall(300, 0x200, 0)
    return queue >= 0 and libc.syscall(301, queue, 1, ctypes.c_long(0x20), -100, bytes(FOLDER)) == 0
