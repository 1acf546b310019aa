# attack: learns by `name_to_handle_at` that the reference exists
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
    handle = ctypes.create_string_buffer(struct.pack("Ii", 128, 0), 136)
    mount = ctypes.c_int()
    failed = ctypes.CDLL(None).syscall(303, -100, bytes(REFERENCE), handle, ctypes.byref(mount), 0)
    return failed == 0 and any(handle.raw[8:])
