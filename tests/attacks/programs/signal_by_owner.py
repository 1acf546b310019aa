# attack: has the kernel signal its parent when its socket has news
# score: 0/5
# verdict: failed

import fcntl
import os


def got_through():
    fcntl.fcntl(3, fcntl.F_SETOWN, os.getppid())
    return True
