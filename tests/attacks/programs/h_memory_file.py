# attack: keeps data in a file in memory, which no limit of memory counts
# score: 0/5
# verdict: failed

import os
from functools import cache


@cache
def got_through():
    file = os.memfd_create("attack")
    written = sum(os.write(file, bytes(2**20)) for _ in range(50))
    os.close(file)
    return written == 50 * 2**20
