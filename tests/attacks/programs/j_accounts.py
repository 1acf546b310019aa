# attack: reads the list of the machine's accounts
# score: 0/5
# verdict: failed

from pathlib import Path


def got_through():
    return b"root:" in Path("/etc/passwd").read_bytes()
