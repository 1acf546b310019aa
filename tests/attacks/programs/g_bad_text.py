# attack: sends headers that are no UTF-8, or no JSON
# score: 0/5
# verdict: failed

import os
import struct


def send(header, body=b"", size=None):
    prefix = struct.pack(">4sIQ", b"GR1\0", len(header) if size is None else size, len(body))
    os.write(3, prefix + header + body)


def answer(x):
    send(b'["dict",["id","\xff\xfe"]]')
    os._exit(0)


def table(x):
    send(b'["dict",["id",\0]]')
    os._exit(0)


def visit(height, steps):
    send(b"")
    os._exit(0)
