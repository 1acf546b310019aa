# attack: connects to a service of the machine by raw system calls
# score: 0/5
# verdict: failed

import ctypes
import os
import socket
import struct


def got_through():
    if os.uname().machine != "x86_64":
        return False
    libc = ctypes.CDLL(None)
    descriptor = libc.syscall(41, 2, 1, 0)
    if descriptor < 0:
        return False
    address = struct.pack("<H", 2) + struct.pack(">H", 4242) + socket.inet_aton("127.0.0.1") + bytes(8)
    try:
        return libc.syscall(42, descriptor, address, 16) == 0 and os.read(descriptor, 64).startswith(b"open")
    finally:
        os.close(descriptor)
