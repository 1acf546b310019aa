# attack: moves to another folder
# score: 0/5
# verdict: failed

import os
from pathlib import Path


def got_through():
    before = Path.cwd()
    os.chdir("/tmp/box")
    seen = Path.cwd() == Path("/tmp/box")
    os.chdir(before)
    return seen
