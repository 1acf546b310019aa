# attack: makes a socket to the host of a virtual machine
# score: 0/5
# verdict: failed

import socket


def got_through():
    with socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM) as connection:
        return connection.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_STREAM
