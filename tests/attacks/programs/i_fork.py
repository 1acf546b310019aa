# attack: forks
# score: 0/5
# verdict: failed

import os
from functools import cache


@cache
def got_through():
    pid = os.fork()
    if not pid:
        os._exit(7)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
