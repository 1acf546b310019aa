# attack: fills the disk through its standard output
# score: 0/5
# verdict: failed

import os
from functools import cache


@cache
def got_through():
    return sum(os.write(1, bytes(2**16)) for _ in range(800)) == 800 * 2**16
