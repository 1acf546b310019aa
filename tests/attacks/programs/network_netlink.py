# attack: asks the kernel about interfaces
# score: 0/5
# verdict: failed

import socket


def got_through():
    return socket.socket(16, socket.SOCK_RAW).fileno() >= 0
