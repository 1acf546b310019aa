# attack: starts a program
# score: 0/5
# verdict: failed

import os


def got_through():
    return os.waitpid(os.posix_spawn("/bin/sh", ["sh", "-c", ":"], {}), 0)[1] == 0
