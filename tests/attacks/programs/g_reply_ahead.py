# attack: writes replies while it is imported, before anything was asked
# score: 0/5
# verdict: failed

import json
import os
import struct


def send(header, body=b"", size=None):
    prefix = struct.pack(">4sIQ", b"GR1\0", len(header) if size is None else size, len(body))
    os.write(3, prefix + header + body)


def answer(x):
    return -1.0


def table(x):
    return -x


def visit(height, steps):
    return -1.0


for number in range(4):
    fields = [["id", f"{number:016x}"], ["kind", "value"], ["value", 1.0]]
    send(json.dumps(["dict", *fields, ["updated", ["dict"]], ["modified", ["list"]]]).encode())
