# attack: reads the memory of the launcher as a file
# score: 0/5
# verdict: failed

import os
from pathlib import Path


def got_through():
    with Path(f"/proc/{os.getppid()}/mem").open("rb", buffering=0) as memory:
        memory.seek(id(None))
        return len(memory.read(8)) == 8
