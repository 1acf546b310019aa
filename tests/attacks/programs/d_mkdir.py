# attack: makes a folder where a report would go
# score: 0/5
# verdict: failed

import os
from pathlib import Path


def got_through():
    path = Path(f"/tmp/box/drop/attack-{os.getpid()}")
    path.mkdir()
    seen = path.is_dir()
    path.rmdir()
    return seen
