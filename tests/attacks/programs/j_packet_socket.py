# attack: listens to every packet of the machine
# score: 0/5
# verdict: failed

import socket


def got_through():
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3)) as connection:
        return connection.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_RAW
