# attack: reads the history of the course
# score: 0/5
# verdict: failed

import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    git = ROOT / ".git"
    return bool((git if git.is_file() else git / "HEAD").read_bytes())
