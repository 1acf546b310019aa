# attack: reads, and so could set, the limits of the launcher
# score: 0/5
# verdict: failed

import os
import resource


def got_through():
    return len(resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)) == 2
