# attack: makes the launcher the owner of its connection by `ioctl`
# score: 0/5
# verdict: failed

import fcntl
import os
import struct

FIOSETOWN, FIOGETOWN = 0x8901, 0x8903


def got_through():
    fcntl.ioctl(3, FIOSETOWN, struct.pack("i", os.getppid()))
    seen = struct.unpack("i", fcntl.ioctl(3, FIOGETOWN, bytes(4)))[0] == os.getppid()
    fcntl.ioctl(3, FIOSETOWN, struct.pack("i", 0))
    return seen
