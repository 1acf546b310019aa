# attack: learns where the interpreter lies
# score: 0/5
# verdict: failed

from pathlib import Path


def got_through():
    return "python" in Path("/proc/self/exe").readlink().name
