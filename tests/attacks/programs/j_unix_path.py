# attack: connects to a socket in the file system
# score: 0/5
# verdict: failed

import socket


def got_through():
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(1)
        connection.connect("/tmp/box/listener.sock")
        return connection.recv(64).startswith(b"open")
