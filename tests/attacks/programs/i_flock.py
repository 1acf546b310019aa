# attack: locks a file, which others can observe
# score: 0/5
# verdict: failed

import fcntl
from functools import cache
from pathlib import Path


@cache
def got_through():
    with Path("/tmp/box/lock").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
