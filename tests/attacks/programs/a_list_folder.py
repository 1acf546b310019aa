# attack: lists the folder of the reference
# score: 0/5
# verdict: failed

import os
import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    return "target.py" in os.listdir(FOLDER)
