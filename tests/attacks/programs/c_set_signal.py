# attack: chooses which signal the kernel sends when its connection can be read
# score: 0/5
# verdict: failed

import fcntl
import signal

F_SETSIG, F_GETSIG = 10, 11


def got_through():
    fcntl.fcntl(3, F_SETSIG, signal.SIGURG)
    seen = fcntl.fcntl(3, F_GETSIG) == signal.SIGURG
    fcntl.fcntl(3, F_SETSIG, 0)
    return seen
