# attack: leaves a process that outlives it
# score: 0/5
# verdict: failed

import os
import time


def got_through():
    pid = os.fork()
    if pid == 0:
        os.setsid()
        time.sleep(1)
        os._exit(0)
    return True
