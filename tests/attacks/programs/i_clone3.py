# attack: forks by the newest system call for it
# score: 0/5
# verdict: failed

import ctypes
import os
import signal
import struct
from functools import cache


@cache
def got_through():
    if os.uname().machine != "x86_64":
        return False
    arguments = struct.pack("8Q", 0, 0, 0, 0, signal.SIGCHLD, 0, 0, 0)
    pid = ctypes.CDLL(None).syscall(435, arguments, len(arguments))
    if not pid:
        os._exit(7)
    return pid > 0 and os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
