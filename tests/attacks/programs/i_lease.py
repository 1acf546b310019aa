# attack: asks to be told when others open its output
# score: 0/5
# verdict: failed

import fcntl


def got_through():
    fcntl.fcntl(0, fcntl.F_NOTIFY, fcntl.DN_ACCESS)
    return True
