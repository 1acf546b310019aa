# attack: makes its output enormous by writing far behind its end
# score: 0/5
# verdict: failed

import os
from functools import cache


@cache
def got_through():
    os.lseek(1, 2**30, os.SEEK_SET)
    return os.write(1, b"x") == 1 and os.fstat(1).st_size > 2**30
