# attack: makes a named pipe in which a reader would wait for ever
# score: 0/5
# verdict: failed

import os
from pathlib import Path


def got_through():
    path = Path(f"/tmp/box/drop/attack-{os.getpid()}")
    try:
        os.mkfifo(path)
        return path.is_fifo()
    finally:
        path.unlink(missing_ok=True)
