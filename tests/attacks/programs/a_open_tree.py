# attack: takes a descriptor of the reference by `open_tree` and reads through it
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
    descriptor = ctypes.CDLL(None).syscall(428, -100, bytes(REFERENCE), 0)
    return descriptor >= 0 and b"def answer" in Path(f"/proc/self/fd/{descriptor}").read_bytes()
