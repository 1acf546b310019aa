# attack: signals its parent through a descriptor
# score: 0/5
# verdict: failed

import os
import signal


def got_through():
    signal.pidfd_send_signal(os.pidfd_open(os.getppid()), 0)
    return True
