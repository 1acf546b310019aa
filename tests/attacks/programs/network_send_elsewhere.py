# attack: sends through its socket to another address
# score: 0/5
# verdict: failed

import socket


def got_through():
    import ctypes

    name = b"\1\0\0grade-box"
    return ctypes.CDLL(None).sendto(3, b"", 0, 0, name, len(name)) >= 0 and False
