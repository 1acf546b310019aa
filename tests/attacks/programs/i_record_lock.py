# attack: locks a byte of its output, which others can observe
# score: 0/5
# verdict: failed

import fcntl


def got_through():
    fcntl.lockf(1, fcntl.LOCK_EX | fcntl.LOCK_NB, 1)
    fcntl.lockf(1, fcntl.LOCK_UN, 1)
    return True
