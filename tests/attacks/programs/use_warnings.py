# attack: warns without end
# score: 0/5
# verdict: failed

import warnings

warnings.simplefilter("always")


def trick(*arguments):
    while True:
        warnings.warn("x" * 1_000, stacklevel=1)


answer = table = visit = trick
