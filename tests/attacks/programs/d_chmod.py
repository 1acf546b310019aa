# attack: changes who may read the report
# score: 0/5
# verdict: failed

from pathlib import Path


def got_through():
    path = Path("/tmp/box/report.json")
    before = path.stat().st_mode & 0o7777
    path.chmod(before ^ 0o001)
    seen = path.stat().st_mode & 0o7777 != before
    path.chmod(before)
    return seen
