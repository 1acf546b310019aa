# attack: lists the processes of the machine
# score: 0/5
# verdict: failed

import os


def got_through():
    return str(os.getppid()) in os.listdir("/proc")
