# attack: starts processes until none can be started
# score: 0/5
# verdict: failed

import os


def got_through():
    started = 0
    for _ in range(20):
        try:
            pid = os.fork()
        except OSError:
            continue
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)
        started += 1
    return started > 0
