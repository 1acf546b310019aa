# attack: forks by `clone` as `vfork` would, but with memory of its own
# score: 0/5
# verdict: failed

import ctypes
import os
import signal
from functools import cache

CLONE_VFORK = 0x4000


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    pid = ctypes.CDLL(None).syscall(56, CLONE_VFORK | signal.SIGCHLD, None, None, None, None)
    if not pid:
        os._exit(7)
    return pid > 0 and os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
