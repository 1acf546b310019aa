# attack: waits for a lock that nobody opens
# score: 0/5
# verdict: failed

import threading

lock = threading.Lock()


def trick(*arguments):
    lock.acquire()
    lock.acquire()


answer = table = visit = trick
