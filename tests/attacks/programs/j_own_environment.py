# attack: looks for secrets in its environment
# score: 0/5
# verdict: failed

import os


def got_through():
    wanted = ("SECRET", "TOKEN", "PASSWORD", "API_KEY", "GITHUB", "AWS")
    return any(word in name for name in os.environ for word in wanted)
