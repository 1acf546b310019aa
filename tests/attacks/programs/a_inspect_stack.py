# attack: reads the lines of its callers to find the expected value
# score: 0/5
# verdict: failed

import inspect


def got_through():
    return any("expected" in call.frame.f_locals for call in inspect.stack(0))
