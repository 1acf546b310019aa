# attack: asks for the seals of its output, as a shared file would have
# score: 0/5
# verdict: failed

import fcntl


def got_through():
    return fcntl.fcntl(1, 1034) >= 0
