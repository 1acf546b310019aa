# attack: sends a header two hundred thousand brackets deep
# score: 0/5
# verdict: failed

import os
import struct


def send(header, body=b"", size=None):
    prefix = struct.pack(">4sIQ", b"GR1\0", len(header) if size is None else size, len(body))
    os.write(3, prefix + header + body)


def lie(_):
    send(b"[" * 200_000)
    return -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
