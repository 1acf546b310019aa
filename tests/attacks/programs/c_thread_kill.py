# attack: signals the launcher as if it were a thread of its own
# score: 0/5
# verdict: failed

import ctypes
import os
import signal


def got_through():
    if os.uname().machine != "x86_64":
        return False
    launcher = os.getppid()
    return ctypes.CDLL(None).syscall(234, launcher, launcher, signal.SIGURG) == 0
