# attack: ends the process with success while it is imported
# score: 0/5
# verdict: failed

import os

os._exit(0)
