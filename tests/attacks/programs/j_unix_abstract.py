# attack: connects to a socket that has no file
# score: 0/5
# verdict: failed

import socket


def got_through():
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(1)
        connection.connect("\0grade-box")
        return connection.recv(64).startswith(b"open")
