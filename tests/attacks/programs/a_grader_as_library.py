# attack: loads the course with the grader's own code
# score: 0/5
# verdict: failed

import importlib
import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    course = importlib.import_module("grader.course")
    return "target" in course.load_exercises(ROOT / "tests/attacks/course")
