# attack: ends its process with the exit code of success
# score: 0/5
# verdict: failed

import os

os._exit(0)
