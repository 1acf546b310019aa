# attack: becomes another user
# score: 0/5
# verdict: failed

import os
from functools import cache


@cache
def got_through():
    os.setresuid(65534, 65534, 65534)
    return os.getresuid() == (65534,) * 3
