# attack: unpacks a small text into more memory than its limit
# score: 0/5
# verdict: failed

import zlib
from functools import cache


@cache
def got_through():
    packer = zlib.compressobj(wbits=-15)
    block = packer.compress(bytes(2**24)) + packer.flush(zlib.Z_FULL_FLUSH)
    bomb = block * 64 + packer.flush()
    return len(zlib.decompress(bomb, wbits=-15)) == 2**30
