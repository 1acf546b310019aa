# attack: asks a shell
# score: 0/5
# verdict: failed

import os


def got_through():
    return os.system("exit 0") == 0
