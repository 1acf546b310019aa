# attack: queues a signal for its parent
# score: 0/5
# verdict: failed

import ctypes
import os


def got_through():
    return ctypes.CDLL(None).sigqueue(os.getppid(), 0, 0) == 0
