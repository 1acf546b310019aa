# attack: connects to a socket with a path
# score: 0/5
# verdict: failed

import socket


def got_through():
    with socket.socket(socket.AF_UNIX) as peer:
        peer.connect("/tmp/box/listener.sock")
        return peer.recv(99) == b"open sesame"
