# attack: sends a datagram and gets an answer
# score: 0/5
# verdict: failed

import socket


def got_through():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as connection:
        connection.settimeout(1)
        connection.sendto(b"x", ("127.0.0.1", 4242))
        return connection.recv(64).startswith(b"open")
