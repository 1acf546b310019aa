# attack: turns into another program; a missing one is enough to see that it could
# score: 0/5
# verdict: failed

import errno
import os


def got_through():
    try:
        os.execve("/tmp/box/attack-none", ["none"], {})
    except OSError as error:
        return error.errno == errno.ENOENT
