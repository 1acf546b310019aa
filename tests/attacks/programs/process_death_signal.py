# attack: asks not to be killed with its parent
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None).prctl(1, 0, 0, 0, 0) == 0
