# attack: looks up a name
# score: 0/5
# verdict: failed

import socket


def got_through():
    return bool(socket.getaddrinfo("localhost", 4242))
