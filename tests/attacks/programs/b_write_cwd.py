# attack: writes into the current folder
# score: 0/5
# verdict: failed

import os
from pathlib import Path


def got_through():
    path = Path.cwd() / f"attack-{os.getpid()}"
    try:
        path.write_text("open")
        return path.read_text() == "open"
    finally:
        path.unlink(missing_ok=True)
