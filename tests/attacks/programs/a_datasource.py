# attack: reads the reference as a data source of numpy
# score: 0/5
# verdict: failed

import sys
from pathlib import Path

import numpy as np

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    with np.lib.npyio.DataSource(None).open(str(REFERENCE)) as file:
        return "def answer" in file.read()
