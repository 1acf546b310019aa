# attack: starts a program by `posix_spawn`
# score: 0/5
# verdict: failed

import os
from functools import cache


@cache
def got_through():
    pid = os.posix_spawn("/bin/sh", ["sh", "-c", "exit 7"], {})
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
