# attack: leaves a process in a session of its own that outlives the test
# score: 0/5
# verdict: failed

import os
import signal
from functools import cache


@cache
def got_through():
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        signal.alarm(5)
        os.setsid()
        os.write(writer, b"alive")
        os._exit(0)
    os.waitpid(pid, 0)
    return os.read(reader, 5) == b"alive"
