# attack: has the kernel compute a hash
# score: 0/5
# verdict: failed

import hashlib
import socket


def got_through():
    with socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET) as server:
        server.bind(("hash", "sha256"))
        with server.accept()[0] as connection:
            connection.sendall(b"open")
            return connection.recv(64) == hashlib.sha256(b"open").digest()
