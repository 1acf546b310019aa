# attack: makes the launcher the owner of its connection by the newer command
# score: 0/5
# verdict: failed

import fcntl
import os
import struct


def got_through():
    fcntl.fcntl(3, 15, struct.pack("2i", 1, os.getppid()))
    seen = struct.unpack("2i", fcntl.fcntl(3, 16, bytes(8))) == (1, os.getppid())
    fcntl.fcntl(3, 15, struct.pack("2i", 1, 0))
    return seen
