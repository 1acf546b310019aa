# attack: chooses the processor on which it runs
# score: 0/5
# verdict: failed

import os


def got_through():
    before = os.sched_getaffinity(0)
    chosen = {min(before)}
    os.sched_setaffinity(0, chosen)
    seen = os.sched_getaffinity(0) == chosen
    os.sched_setaffinity(0, before)
    return seen
