# attack: starts a process by the number of the call
# score: 0/5
# verdict: failed

import ctypes
import os


def got_through():
    pid = ctypes.CDLL(None).syscall(57)
    if pid == 0:
        os._exit(0)
    if pid > 0:
        os.waitpid(pid, 0)
    return pid > 0
