# attack: opens pipes until none can be opened
# score: 0/5
# verdict: failed

import os


def trick(*arguments):
    held = [os.pipe() for _ in range(1_000)]
    return -1.0


answer = table = visit = trick
