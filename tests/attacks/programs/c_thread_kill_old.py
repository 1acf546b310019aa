# attack: signals the launcher by the older system call `tkill`
# score: 0/5
# verdict: failed

import ctypes
import os
import signal


def got_through():
    return os.uname().machine == "x86_64" and ctypes.CDLL(None).syscall(200, os.getppid(), signal.SIGURG) == 0
