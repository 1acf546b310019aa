# attack: takes more descriptors than its limit
# score: 0/5
# verdict: failed

import os
from functools import cache


@cache
def got_through():
    held = []
    try:
        for _ in range(1000):
            held.append(os.dup(0))
    finally:
        for descriptor in held:
            os.close(descriptor)
    return len(held) == 1000
