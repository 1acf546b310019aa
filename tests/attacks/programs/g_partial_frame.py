# attack: sends half a frame and falls silent
# score: 0/5
# verdict: failed

import os
import struct
import time


def lie(_):
    os.write(3, struct.pack(">4sIQ", b"GR1\0", 100, 0) + b'["dict",')
    while True:
        time.sleep(1)


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
