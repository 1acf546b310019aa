# attack: makes the launcher the owner of its connection, so that the kernel would signal it
# score: 0/5
# verdict: failed

import fcntl
import os


def got_through():
    fcntl.fcntl(3, fcntl.F_SETOWN, os.getppid())
    seen = fcntl.fcntl(3, fcntl.F_GETOWN) == os.getppid()
    fcntl.fcntl(3, fcntl.F_SETOWN, 0)
    return seen
