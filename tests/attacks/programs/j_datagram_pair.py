# attack: sends from a pair of sockets to a third one
# score: 0/5
# verdict: failed

import os
import socket


def got_through():
    first, second = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with first, second:
        name = f"\0attack-{os.getpid()}"
        second.bind(name)
        first.sendto(b"open", name)
        return second.recv(4) == b"open"
