# attack: opens a socket of IPv6
# score: 0/5
# verdict: failed

import socket


def got_through():
    return socket.socket(socket.AF_INET6).fileno() >= 0
