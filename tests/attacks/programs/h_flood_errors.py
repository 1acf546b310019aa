# attack: fills the disk through its standard error
# score: 0/5
# verdict: failed

import os
from functools import cache


@cache
def got_through():
    return sum(os.write(2, b"error\n" * 10_000) for _ in range(800)) == 800 * 60_000
