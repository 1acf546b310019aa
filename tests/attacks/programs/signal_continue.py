# attack: sends its parent a signal that does nothing
# score: 0/5
# verdict: failed

import os
import signal


def got_through():
    os.kill(os.getppid(), signal.SIGCONT)
    return True
