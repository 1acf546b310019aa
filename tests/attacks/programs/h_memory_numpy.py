# attack: takes more memory than its limit by numpy
# score: 0/5
# verdict: failed

from functools import cache

import numpy as np


@cache
def got_through():
    return float(np.ones(175_000_000).sum()) == 175_000_000.0
