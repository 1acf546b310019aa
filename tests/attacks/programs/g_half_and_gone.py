# attack: sends half a frame and exits
# score: 0/5
# verdict: failed

import os
import struct


def lie(_):
    os.write(3, struct.pack(">4sIQ", b"GR1\0", 100, 2**20) + b'["dict",')
    os._exit(0)


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
