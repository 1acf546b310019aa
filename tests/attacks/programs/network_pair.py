# attack: makes a pair of sockets
# score: 0/5
# verdict: failed

import socket


def got_through():
    return socket.socketpair()[0].fileno() >= 0
