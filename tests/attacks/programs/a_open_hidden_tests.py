# attack: reads the hidden tests from the disk
# score: 0/5
# verdict: failed

import codecs
import sys
from pathlib import Path

ROOT = Path(sys.modules["grader"].__file__).parents[1]
FOLDER = ROOT / "tests/attacks/course/solutions/target"
REFERENCE = FOLDER / "target.py"


def got_through():
    with codecs.open(str(FOLDER / "test_hidden.py"), "r", "utf-8") as file:
        return "answer" in file.read()
