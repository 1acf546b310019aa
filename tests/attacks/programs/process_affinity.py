# attack: moves to another processor
# score: 0/5
# verdict: failed

import os


def got_through():
    os.sched_setaffinity(0, os.sched_getaffinity(0))
    return True
