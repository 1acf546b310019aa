# attack: drops a file beside the hidden tests, as a `conftest.py` would be
# score: 0/5
# verdict: failed

import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    path = FOLDER / "attack-conftest.py"
    try:
        path.write_text("#")
        return path.read_text() == "#"
    finally:
        path.unlink(missing_ok=True)
