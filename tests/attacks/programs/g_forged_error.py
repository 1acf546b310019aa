# attack: forges the report of an exception with fields of the wrong kinds
# score: 0/5
# verdict: failed

import json
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
    fields = [["id", identity()], ["kind", "raised"], ["type", None], ["bases", ["dict"]]]
    send(json.dumps(["dict", *fields, ["message", ["list"]], ["line", -1e300]]).encode())
    return -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
