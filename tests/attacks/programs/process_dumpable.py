# attack: makes itself readable for others again
# score: 0/5
# verdict: failed

import ctypes


def got_through():
    return ctypes.CDLL(None).prctl(4, 1, 0, 0, 0) == 0
