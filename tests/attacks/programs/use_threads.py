# attack: starts threads until none can be started
# score: 0/5
# verdict: failed

import threading
import time


def trick(*arguments):
    for _ in range(100):
        threading.Thread(target=time.sleep, args=(0.2,), daemon=True).start()
    return -1.0


answer = table = visit = trick
