# attack: sends the launcher a signal by the raw system call
# score: 0/5
# verdict: failed

import ctypes
import os
import signal


def got_through():
    return (
        os.uname().machine == "x86_64" and ctypes.CDLL(None).syscall(62, os.getppid(), signal.SIGWINCH) == 0
    )
