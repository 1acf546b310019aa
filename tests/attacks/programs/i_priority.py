# attack: changes its own priority
# score: 0/5
# verdict: failed

import os
from functools import cache


@cache
def got_through():
    before = os.nice(0)
    return os.nice(1) == before + 1
