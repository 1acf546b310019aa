# attack: writes a large file
# score: 0/5
# verdict: failed

import os
from functools import cache
from pathlib import Path


@cache
def got_through():
    path = Path(f"/tmp/box/drop/attack-{os.getpid()}")
    try:
        return path.write_bytes(bytes(50_000_000)) == 50_000_000
    finally:
        path.unlink(missing_ok=True)
