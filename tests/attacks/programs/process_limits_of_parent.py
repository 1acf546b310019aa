# attack: lowers the limits of its parent
# score: 0/5
# verdict: failed

import os
import resource


def got_through():
    limits = resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)
    resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, limits)
    return True
