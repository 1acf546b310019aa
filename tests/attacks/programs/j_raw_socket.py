# attack: makes a socket for packets of its own making
# score: 0/5
# verdict: failed

import socket


def got_through():
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as connection:
        return connection.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_RAW
