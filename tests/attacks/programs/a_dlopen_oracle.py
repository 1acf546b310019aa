# attack: has the dynamic linker read the reference and tell what is wrong with it
# score: 0/5
# verdict: failed

import ctypes
import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    try:
        ctypes.CDLL(str(REFERENCE))
    except OSError as error:
        return "invalid ELF header" in str(error) or "too short" in str(error)
    return True
