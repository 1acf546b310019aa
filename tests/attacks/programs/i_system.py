# attack: runs a command in a shell
# score: 0/5
# verdict: failed

import os
from functools import cache


@cache
def got_through():
    return os.waitstatus_to_exitcode(os.system("exit 7")) == 7
