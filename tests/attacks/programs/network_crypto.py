# attack: opens a socket to the kernel's cryptography
# score: 0/5
# verdict: failed

import socket


def got_through():
    return socket.socket(38, socket.SOCK_SEQPACKET).fileno() >= 0
