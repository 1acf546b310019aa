# attack: reads what a program prints
# score: 0/5
# verdict: failed

import os


def got_through():
    return bool(os.popen("echo hello").read())
