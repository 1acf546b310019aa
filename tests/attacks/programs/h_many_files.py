# attack: makes hundreds of files, small ones
# score: 0/5
# verdict: failed

import os
from functools import cache
from pathlib import Path


@cache
def got_through():
    paths = [Path(f"/tmp/box/drop/attack-{os.getpid()}-{number}") for number in range(200)]
    try:
        for path in paths:
            path.touch()
        return all(path.exists() for path in paths)
    finally:
        for path in paths:
            path.unlink(missing_ok=True)
