# attack: watches when the grader reads the reference
# score: 0/5
# verdict: failed

import ctypes
import sys
from functools import cache
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


@cache
def got_through():
    libc = ctypes.CDLL(None)
    queue = libc.inotify_init1(0)
    return queue >= 0 and libc.inotify_add_watch(queue, bytes(FOLDER), 0x21) >= 0
