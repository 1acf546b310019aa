# attack: takes a higher priority
# score: 0/5
# verdict: failed

import os


def got_through():
    os.nice(0)
    return True
