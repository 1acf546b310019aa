# attack: signals its parent
# score: 0/5
# verdict: failed

import os


def got_through():
    os.kill(os.getppid(), 0)
    return True
