# attack: raises its own limits
# score: 0/5
# verdict: failed

import resource


def got_through():
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    return True
