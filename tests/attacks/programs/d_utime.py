# attack: sets back the date of the report
# score: 0/5
# verdict: failed

import os
from pathlib import Path


def got_through():
    path = Path("/tmp/box/report.json")
    os.utime(path, (0, 0))
    return path.stat().st_mtime == 0
