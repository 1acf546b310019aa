# attack: signals the group of its parent
# score: 0/5
# verdict: failed

import os


def got_through():
    os.killpg(os.getpgid(os.getppid()), 0)
    return True
