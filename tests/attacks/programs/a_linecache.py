# attack: has the traceback machinery quote the reference
# score: 0/5
# verdict: failed

import linecache
import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    return any("def answer" in line for line in linecache.getlines(str(REFERENCE)))
