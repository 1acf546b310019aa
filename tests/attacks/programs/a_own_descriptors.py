# attack: opens its own descriptors anew through /proc to read what is behind them
# score: 0/5
# verdict: failed

from pathlib import Path


def got_through():
    for number in range(1, 64):
        try:
            with Path(f"/proc/self/fd/{number}").open("rb") as file:
                file.seek(0)
                return True
        except OSError:
            continue
    return False
