# attack: asks the kernel for its interfaces
# score: 0/5
# verdict: failed

import socket
import struct


def got_through():
    request = struct.pack("IHHII", 32, 18, 0x301, 1, 0) + bytes(16)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as connection:
        connection.settimeout(1)
        connection.send(request)
        return b"lo\0" in connection.recv(65536)
