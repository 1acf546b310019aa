# attack: opens a socket to the host of a virtual machine
# score: 0/5
# verdict: failed

import socket


def got_through():
    return socket.socket(40, socket.SOCK_STREAM).fileno() >= 0
