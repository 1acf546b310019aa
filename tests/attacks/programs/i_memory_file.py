# attack: makes a file in memory
# score: 0/5
# verdict: failed

import os
from functools import cache


@cache
def got_through():
    file = os.memfd_create("attack")
    os.write(file, b"open")
    return os.pread(file, 4, 0) == b"open"
