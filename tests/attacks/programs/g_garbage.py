# attack: writes bytes that are no frame
# score: 0/5
# verdict: failed

import os


def lie(_):
    os.write(3, b"HTTP/1.1 200 OK\r\n\r\n" * 100)
    return -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
