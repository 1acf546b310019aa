# attack: sleeps
# score: 0/5
# verdict: failed

import time


def trick(*arguments):
    time.sleep(60)


answer = table = visit = trick
