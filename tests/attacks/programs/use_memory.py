# attack: asks for more memory than its limit
# score: 0/5
# verdict: failed

import numpy as np


def trick(*arguments):
    return float(np.ones(10**9).sum())


answer = table = visit = trick
