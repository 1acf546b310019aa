# attack: opens the reference by the raw system call `open`
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
    descriptor = ctypes.CDLL(None).syscall(2, bytes(REFERENCE), 0)
    return descriptor >= 0 and b"def answer" in os.read(descriptor, 4096)
