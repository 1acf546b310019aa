# attack: chooses the processor on which the launcher runs
# score: 0/5
# verdict: failed

import os


def got_through():
    before = os.sched_getaffinity(os.getppid())
    os.sched_setaffinity(os.getppid(), before)
    return os.sched_getaffinity(os.getppid()) == before
