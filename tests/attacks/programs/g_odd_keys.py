# attack: sends dicts whose keys cannot be keys, or are no pairs
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


def reply(value):
    updated, modified = ["updated", ["dict"]], ["modified", ["list"]]
    fields = ["dict", ["id", identity()], ["kind", "value"], ["value", value], updated, modified]
    return json.dumps(fields).encode()


def answer(x):
    send(reply(["dict", [["list"], 0]]))
    os._exit(0)


def table(x):
    send(reply(["dict", [1]]))
    os._exit(0)


def visit(height, steps):
    send(reply(["dict", [["array", "float64", [1], "C"], 0]]), bytes(8))
    os._exit(0)
