# attack: reads the reference through the current folder of the launcher
# score: 0/5
# verdict: failed

import os
import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    root = Path(f"/proc/{os.getppid()}/cwd")
    climb = os.path.relpath(REFERENCE, root.readlink())
    return b"def answer" in (root / climb).read_bytes()
