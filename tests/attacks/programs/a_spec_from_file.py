# attack: imports the reference from its path and calls it
# score: 0/5
# verdict: failed

import importlib.util
import sys
from pathlib import Path

import numpy as np

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    spec = importlib.util.spec_from_file_location("stolen", REFERENCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.answer(np.array([2.0])) == 8.0
