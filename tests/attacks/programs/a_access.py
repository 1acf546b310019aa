# attack: asks whether it may read the reference, which tells that there is one
# score: 0/5
# verdict: failed

import os
import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    return os.access(REFERENCE, os.R_OK)
