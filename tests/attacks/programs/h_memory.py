# attack: takes more memory than its limit
# score: 0/5
# verdict: failed

from functools import cache


@cache
def got_through():
    return len(bytearray(1_400_000_000)) == 1_400_000_000
