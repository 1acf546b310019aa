# attack: changes the policy by which it is scheduled
# score: 0/5
# verdict: failed

import os
from functools import cache


@cache
def got_through():
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    return os.sched_getscheduler(0) == os.SCHED_BATCH
