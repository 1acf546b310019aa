# attack: runs the reference as a script
# score: 0/5
# verdict: failed

import runpy
import sys
from pathlib import Path

import numpy as np

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    return runpy.run_path(str(REFERENCE))["answer"](np.array([2.0])) == 8.0
