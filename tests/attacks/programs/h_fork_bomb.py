# attack: starts more processes than it can be given
# score: 0/5
# verdict: failed

import os
import signal
import time
from functools import cache


@cache
def got_through():
    children = []
    try:
        for _ in range(20):
            pid = os.fork()
            if not pid:
                signal.alarm(2)
                time.sleep(0.1)
                os._exit(0)
            children.append(pid)
    finally:
        for pid in children:
            os.waitpid(pid, 0)
    return len(children) == 20
