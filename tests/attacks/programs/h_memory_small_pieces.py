# attack: takes more memory than its limit in small pieces
# score: 0/5
# verdict: failed

from functools import cache


@cache
def got_through():
    return sum(map(len, [bytes(2**16) for _ in range(20_000)])) > 10**9
