# attack: starts a process by Python's own library
# score: 0/5
# verdict: failed

import os
from functools import cache


@cache
def got_through():
    import multiprocessing

    process = multiprocessing.get_context("fork").Process(target=os._exit, args=(7,))
    process.start()
    process.join(5)
    return process.exitcode == 7
