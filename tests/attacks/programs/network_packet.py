# attack: opens a raw socket
# score: 0/5
# verdict: failed

import socket


def got_through():
    return socket.socket(17, socket.SOCK_RAW).fileno() >= 0
