# attack: sends a datagram out
# score: 0/5
# verdict: failed

import socket


def got_through():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(0.5)
        peer.sendto(b"x", ("127.0.0.1", 4242))
        return peer.recv(99) == b"open sesame"
