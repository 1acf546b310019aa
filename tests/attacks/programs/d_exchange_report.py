# attack: exchanges the report with a file of its own in one step
# score: 0/5
# verdict: failed

import ctypes
import os
from pathlib import Path


def got_through():
    if os.uname().machine != "x86_64":
        return False
    mine = Path("/tmp/box/drop/attack-report")
    exchange = (316, -100, b"/tmp/box/report.json", -100, bytes(mine), 2)
    libc = ctypes.CDLL(None)
    try:
        mine.write_text("attack")
        if libc.syscall(*exchange):
            return False
        seen = mine.read_text() != "attack"
        libc.syscall(*exchange)
        return seen
    finally:
        mine.unlink(missing_ok=True)
