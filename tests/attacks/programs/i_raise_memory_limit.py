# attack: lifts its own limit of memory
# score: 0/5
# verdict: failed

import resource


def got_through():
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return resource.getrlimit(resource.RLIMIT_AS)[1] == resource.RLIM_INFINITY
