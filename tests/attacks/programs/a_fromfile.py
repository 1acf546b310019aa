# attack: reads the reference by numpy's own C code
# score: 0/5
# verdict: failed

import sys
from pathlib import Path

import numpy as np

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    return b"def answer" in np.fromfile(str(REFERENCE), dtype=np.uint8).tobytes()
