# attack: reads the reference through the link to its own root folder
# score: 0/5
# verdict: failed

import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    return b"def answer" in Path(f"/proc/self/root{REFERENCE}").read_bytes()
