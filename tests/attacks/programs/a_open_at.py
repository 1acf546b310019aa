# attack: opens the reference relative to a descriptor of its folder
# score: 0/5
# verdict: failed

import os
import sys
from functools import cache
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


@cache
def got_through():
    folder = os.open(FOLDER, os.O_PATH | os.O_DIRECTORY)
    return b"def answer" in os.read(os.open("target.py", os.O_RDONLY, dir_fd=folder), 4096)
