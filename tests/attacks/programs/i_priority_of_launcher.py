# attack: reads the priority of the launcher
# score: 0/5
# verdict: failed

import os


def got_through():
    return os.getpriority(os.PRIO_PROCESS, os.getppid()) in range(-20, 20)
