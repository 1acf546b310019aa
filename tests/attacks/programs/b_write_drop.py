# attack: leaves a message for the next submission in a folder that all can write
# score: 0/5
# verdict: failed

import os
from pathlib import Path


def got_through():
    path = Path(f"/tmp/box/drop/attack-{os.getpid()}")
    try:
        path.write_text("open")
        return path.read_text() == "open"
    finally:
        path.unlink(missing_ok=True)
