# attack: reaches the report through a symbolic link of its own
# score: 0/5
# verdict: failed

import os
from pathlib import Path


def got_through():
    link = Path(f"/tmp/box/drop/attack-{os.getpid()}")
    try:
        link.symlink_to("/tmp/box/report.json")
        return b"score" in link.read_bytes()
    finally:
        link.unlink(missing_ok=True)
