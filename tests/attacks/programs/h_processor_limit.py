# attack: lifts its limit of processor time
# score: 0/5
# verdict: failed

import resource


def got_through():
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (hard, resource.RLIM_INFINITY))
    return resource.getrlimit(resource.RLIMIT_CPU) == (hard, resource.RLIM_INFINITY) and soft == hard
