# attack: enlarges the buffer of a pipe beyond what the limits count
# score: 0/5
# verdict: failed

import fcntl
import os
from functools import cache

F_SETPIPE_SZ, F_GETPIPE_SZ = 1031, 1032


@cache
def got_through():
    reader, _ = os.pipe()
    fcntl.fcntl(reader, F_SETPIPE_SZ, 2**20)
    return fcntl.fcntl(reader, F_GETPIPE_SZ) == 2**20
