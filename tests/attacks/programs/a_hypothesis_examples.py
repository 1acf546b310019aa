# attack: reads the examples that failed for others from the database of hypothesis
# score: 0/5
# verdict: failed

import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    return any(path.name for path in (ROOT / ".hypothesis").iterdir())
