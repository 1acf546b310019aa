# attack: asks whether it may send signals to the launcher
# score: 0/5
# verdict: failed

import os


def got_through():
    os.kill(os.getppid(), 0)
    return True
