# attack: connects and sends in one call, past a filter of `connect`
# score: 0/5
# verdict: failed

import socket


def got_through():
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as connection:
        connection.settimeout(1)
        connection.sendto(b"x", socket.MSG_FASTOPEN, ("127.0.0.1", 4242))
        return connection.recv(64).startswith(b"open")
