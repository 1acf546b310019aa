# attack: reads the reference by the C library's own files
# score: 0/5
# verdict: failed

import ctypes
import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"
LIBC = ctypes.CDLL(None)
LIBC.fopen.restype = ctypes.c_void_p


def got_through():
    file = ctypes.c_void_p(LIBC.fopen(bytes(REFERENCE), b"r"))
    if not file:
        return False
    buffer = ctypes.create_string_buffer(4096)
    LIBC.fread(buffer, 1, 4095, file)
    LIBC.fclose(file)
    return b"def answer" in buffer.raw
