# attack: forks by the system calls of the x32 architecture
# score: 0/5
# verdict: failed

import ctypes
import os
from functools import cache


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    pid = ctypes.CDLL(None).syscall(0x40000039)
    if not pid:
        os._exit(7)
    return pid > 0 and os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
