# attack: connects to a socket without a path
# score: 0/5
# verdict: failed

import socket


def got_through():
    with socket.socket(socket.AF_UNIX) as peer:
        peer.connect("\0grade-box")
        return peer.recv(99) == b"open sesame"
