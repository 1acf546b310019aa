# attack: sends an integer of a million digits, which takes long to read
# score: 0/5
# verdict: failed

import os
import struct
import sys


def identity():
    frame = sys._getframe()
    while "request" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["request"]["id"]


def send(header, body=b"", size=None):
    prefix = struct.pack(">4sIQ", b"GR1\0", len(header) if size is None else size, len(body))
    os.write(3, prefix + header + body)


def lie(_):
    fields = f'["id","{identity()}"],["kind","value"],["value",{"9" * 1_000_000}]'
    send(f'["dict",{fields},["updated",["dict"]],["modified",["list"]]]'.encode())
    os._exit(0)


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
