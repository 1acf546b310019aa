# attack: looks for secrets in the environment that its process was started with
# score: 0/5
# verdict: failed

from pathlib import Path


def got_through():
    return len(Path("/proc/self/environ").read_bytes()) > 0
