# attack: learns the size of the reference by the raw system call `statx`
# score: 0/5
# verdict: failed

import ctypes
import os
import struct
import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    if os.uname().machine != "x86_64":
        return False
    buffer = ctypes.create_string_buffer(256)
    failed = ctypes.CDLL(None).syscall(332, -100, bytes(REFERENCE), 0, 0x7FF, buffer)
    return failed == 0 and struct.unpack_from("Q", buffer, 40)[0] > 0
