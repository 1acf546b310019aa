# attack: reads the environment that the launcher was started with
# score: 0/5
# verdict: failed

import os
from pathlib import Path


def got_through():
    return len(Path(f"/proc/{os.getppid()}/environ").read_bytes()) > 0
