# attack: starts a process
# score: 0/5
# verdict: failed

import os


def got_through():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return True
