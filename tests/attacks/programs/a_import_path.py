# attack: puts the finder of files back into the import system and imports the reference
# score: 0/5
# verdict: failed

import importlib
import sys
from importlib.machinery import PathFinder
from pathlib import Path

import numpy as np

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    sys.meta_path.insert(0, PathFinder)
    sys.path.insert(0, str(FOLDER))
    return importlib.import_module("target").answer(np.array([2.0])) == 8.0
