# attack: reads the reference by the function that the import system opens code with
# score: 0/5
# verdict: failed

import io
import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    with io.open_code(str(REFERENCE)) as file:
        return b"def answer" in file.read()
