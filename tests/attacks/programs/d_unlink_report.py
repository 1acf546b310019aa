# attack: deletes the report, of which it has kept a second name
# score: 0/5
# verdict: failed

from pathlib import Path


def got_through():
    report, kept = Path("/tmp/box/report.json"), Path("/tmp/box/drop/attack-kept")
    kept.hardlink_to(report)
    report.unlink()
    seen = not report.exists()
    kept.rename(report)
    return seen
