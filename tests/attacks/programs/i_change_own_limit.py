# attack: lowers and raises a limit of its own, within what is left to it
# score: 0/5
# verdict: failed

import resource


def got_through():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft - 1, hard))
    seen = resource.getrlimit(resource.RLIMIT_NOFILE)[0] == soft - 1
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return seen
