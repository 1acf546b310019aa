# attack: drops a `.pth` file among the installed packages
# score: 0/5
# verdict: failed

import os
from pathlib import Path

import numpy as np


def got_through():
    path = Path(np.__file__).parents[1] / f"attack-{os.getpid()}.pth"
    try:
        path.write_text("#")
        return path.read_text() == "#"
    finally:
        path.unlink(missing_ok=True)
