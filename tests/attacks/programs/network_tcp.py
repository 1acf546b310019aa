# attack: connects to a service of this machine
# score: 0/5
# verdict: failed

import socket


def got_through():
    with socket.create_connection(("127.0.0.1", 4242), 0.5) as peer:
        return peer.recv(99) == b"open sesame"
