# attack: looks for a descriptor that the launcher forgot to close
# score: 0/5
# verdict: failed

import os


def got_through():
    for number in range(4, 1024):
        try:
            os.fstat(number)
            return True
        except OSError:
            continue
    return False
