# attack: learns of what kind the disk of the reference is
# score: 0/5
# verdict: failed

import os
import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    return os.statvfs(FOLDER).f_bsize > 0
