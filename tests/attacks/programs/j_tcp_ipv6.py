# attack: connects to a service of the machine by the newer addresses
# score: 0/5
# verdict: failed

import socket


def got_through():
    with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as connection:
        connection.settimeout(1)
        connection.connect(("::ffff:127.0.0.1", 4242))
        return connection.recv(64).startswith(b"open")
