# attack: drops a module into the standard library
# score: 0/5
# verdict: failed

import os
from pathlib import Path


def got_through():
    path = Path(os.__file__).parent / f"attack-{os.getpid()}.py"
    try:
        path.write_text("#")
        return path.read_text() == "#"
    finally:
        path.unlink(missing_ok=True)
