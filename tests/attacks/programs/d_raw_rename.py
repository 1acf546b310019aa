# attack: renames a file by the raw system call, without looking at it first
# score: 0/5
# verdict: failed

import ctypes
import os
from pathlib import Path


def got_through():
    if os.uname().machine != "x86_64":
        return False
    libc, report, mine = ctypes.CDLL(None), b"/tmp/box/report.json", b"/tmp/box/attack-report"
    if libc.syscall(82, report, mine):
        return False
    seen = Path(os.fsdecode(mine)).exists()
    libc.syscall(82, mine, report)
    return seen
