# attack: forges a reply that says its argument was to be updated, to zeros
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


def forge(value, x, body):
    zeros = ["array", "float64", list(x.shape), "C"]
    fields = [["id", identity()], ["kind", "value"], ["value", value], ["updated", ["dict", [0, zeros]]]]
    send(json.dumps(["dict", *fields, ["modified", ["list"]]]).encode(), body)
    os._exit(0)


def answer(x):
    forge(0.0, x, bytes(x.nbytes))


def table(x):
    forge(["array", "float64", list(x.shape), "C"], x, bytes(2 * x.nbytes))


def visit(height, steps):
    return -1.0
