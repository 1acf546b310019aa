# attack: drops an example into the database of hypothesis
# score: 0/5
# verdict: failed

import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    path = ROOT / ".hypothesis" / "attack-example"
    try:
        path.write_text("#")
        return path.read_text() == "#"
    finally:
        path.unlink(missing_ok=True)
