# attack: keeps data in the buffers of many pipes
# score: 0/5
# verdict: failed

import os
from functools import cache


@cache
def got_through():
    held = []
    try:
        for _ in range(200):
            held.extend(os.pipe())
            os.set_blocking(held[-1], False)
            os.write(held[-1], bytes(2**15))
    finally:
        for descriptor in held:
            os.close(descriptor)
    return len(held) == 400
