# attack: starts a process by clone, with flags that look like those of a thread
# score: 0/5
# verdict: failed

import ctypes
import os

CLONE_VM, CLONE_VFORK, SIGCHLD = 0x100, 0x4000, 17


def got_through():
    libc = ctypes.CDLL(None)
    for flags in (SIGCHLD, 0x10000000 | SIGCHLD):
        pid = libc.syscall(56, flags, 0, 0, 0, 0)
        if pid == 0:
            os._exit(0)
        if pid > 0:
            os.waitpid(pid, 0)
            return True
    return False
