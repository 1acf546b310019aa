# attack: makes a file that is enormous and empty
# score: 0/5
# verdict: failed

import os
from functools import cache
from pathlib import Path


@cache
def got_through():
    path = Path(f"/tmp/box/drop/attack-{os.getpid()}")
    try:
        path.touch()
        os.truncate(path, 2**32)
        return path.stat().st_size == 2**32
    finally:
        path.unlink(missing_ok=True)
