"""What a batch with one hostile submission in ten takes, beside what its deadlines explain, and after kills.

`python benchmarks/hostile.py 1000` makes so many submissions of the small course, marks them undisturbed,
then with SIGKILL at ten random moments, and compares the bytes of both tables.
"""

import csv
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

SMALL = Path(__file__).parent.parent / "tests" / "courses" / "small"
SECONDS, TOTAL_SECONDS = 1, 4
KILLS = 10
HOSTILE = (
    "while True: pass",
    "def double(x):\n    while True: pass",
    "import os\nos.abort()",
    "import sys\nsys.exit(0)",
    "import os\nos.kill(os.getppid(), 9)",
    "def split(x):\n    import ctypes\n    ctypes.string_at(0)",
    "x = [0] * 10**10",
    "import pytest\npytest.skip('x')",
    "print('x' * 10**8)",
    "def double(x):\n    return double(x)",
)


def fill(folder: Path, count: int) -> tuple[Path, Path]:
    """A course with short limits, and submissions for it, one in ten hostile."""
    course, submissions = Path(shutil.copytree(SMALL, folder / "course")), folder / "submissions"
    contract = course / "exercises/toolbox/exercise.yaml"
    limits = f"seconds: {SECONDS}, total_seconds: {TOTAL_SECONDS}"
    contract.write_text(contract.read_text("utf-8").replace("seconds: 2, total_seconds: 20", limits), "utf-8")
    reference = (course / "solutions/toolbox/toolbox.py").read_text("utf-8")
    submissions.mkdir()
    for number in range(count):
        text = HOSTILE[number // 10 % len(HOSTILE)] if number % 10 == 5 else reference
        (submissions / f"s{number:05}.py").write_text(f"{text}\n# {number}\n", "utf-8")
    return course, submissions


def started(course: Path, submissions: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "grader.cli", "batch", str(submissions), "-o", str(out)]
    return subprocess.Popen(command, cwd=course, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def explained(out: Path, count: int) -> float:
    """The time for `count` submissions if every tenth used up its limits, and one test more."""
    with sqlite3.connect(out / "ledger.sqlite") as ledger:
        query = "SELECT avg(seconds) FROM results WHERE earned = possible"
        usual = float(ledger.execute(query).fetchone()[0])
    hostile = count / 10 * (TOTAL_SECONDS + SECONDS + usual)
    return (hostile + count * 9 / 10 * usual) / len(os.sched_getaffinity(0))


def main(count: int) -> int:
    rng = random.Random(7)  # noqa: S311 (the moments need only be the same each time)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course, submissions = fill(folder, count)
        start = time.monotonic()
        started(course, submissions, folder / "undisturbed").wait()
        took = time.monotonic() - start
        limit = explained(folder / "undisturbed", count)
        with (folder / "undisturbed" / "scores.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        print(f"{count} submissions, one in ten hostile: {took:.0f} s; the deadlines explain {limit:.0f} s")
        print(f"  statuses: {dict(Counter(row['status'] for row in rows))}")
        print(f"  with a sentence: {sum(bool(row['message']) for row in rows)} of {len(rows)}")

        for _ in range(KILLS):
            running = started(course, submissions, folder / "killed")
            time.sleep(rng.uniform(0.2, max(1.0, took / KILLS)))
            running.kill()
            running.wait()
        started(course, submissions, folder / "killed").wait()
        tables = [(folder / one / "scores.csv").read_bytes() for one in ("undisturbed", "killed")]
        print(f"  after {KILLS} kills: {'the same bytes' if tables[0] == tables[1] else 'OTHER BYTES'}")
        return 0 if tables[0] == tables[1] and len(rows) == count else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000))
