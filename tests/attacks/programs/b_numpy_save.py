# attack: writes a file by numpy
# score: 0/5
# verdict: failed

import os
from pathlib import Path

import numpy as np


def got_through():
    path = Path(f"/tmp/box/drop/attack-{os.getpid()}.npy")
    try:
        np.save(path, np.arange(3))
        return np.load(path)[2] == 2
    finally:
        path.unlink(missing_ok=True)
