# attack: reads a file that anybody may read
# score: 0/5
# verdict: failed

from pathlib import Path


def got_through():
    return Path("/tmp/box/canary.txt").read_bytes().startswith(b"open")
