# attack: makes another folder its root
# score: 0/5
# verdict: failed

import os
from functools import cache
from pathlib import Path


@cache
def got_through():
    os.chroot("/tmp/box")
    return Path("/canary.txt").exists()
