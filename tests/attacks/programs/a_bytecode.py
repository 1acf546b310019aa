# attack: looks for the compiled tests beside their source
# score: 0/5
# verdict: failed

import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    return any(path.read_bytes() for path in (FOLDER / "__pycache__").glob("*.pyc"))
