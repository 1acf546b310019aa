# attack: forks into namespaces of its own
# score: 0/5
# verdict: failed

import ctypes
import os
import signal
from functools import cache

CLONE_NEWUSER, CLONE_NEWPID = 0x10000000, 0x20000000


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    pid = ctypes.CDLL(None).syscall(56, CLONE_NEWUSER | CLONE_NEWPID | signal.SIGCHLD, None, None, None, None)
    if not pid:
        os._exit(os.getpid())
    return pid > 0 and os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1
