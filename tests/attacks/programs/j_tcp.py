# attack: connects to a service of the machine
# score: 0/5
# verdict: failed

import socket


def got_through():
    with socket.create_connection(("127.0.0.1", 4242), 1) as connection:
        return connection.recv(64).startswith(b"open")
