# attack: looks for what other submissions left in the temporary folder
# score: 0/5
# verdict: failed

import os


def got_through():
    return "box" in os.listdir("/tmp")
