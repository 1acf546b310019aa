# attack: unpacks a small text into more memory than its limit
# score: 0/5
# verdict: failed

import zlib
from functools import cache


@cache
def got_through():
    packer = zlib.compressobj()
    bomb = b"".join(packer.compress(bytes(2**24)) for _ in range(64)) + packer.flush()
    return len(zlib.decompress(bomb)) == 2**30
