# attack: becomes another program, which answers in its place
# score: 0/5
# verdict: failed

import os
import sys


def got_through():
    os.execv(sys.executable, [sys.executable, "-c", "import os; os.write(3, b'x')"])
    return True
