"""(d) Ten thousand synthetic submissions: rate, memory over time, a kill in the middle and the resumption.

`python benchmarks/scale.py --submissions 10000` kills `grade batch` with SIGKILL when half are marked, counts
what is left of its processes, and lets the same command go on.
"""

import argparse
import os
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from measure import Figure, Result
from ours import Program, add_program, hold
from processes import descendants, is_alive, memory
from submissions import Submission, submissions, write

SUBMISSIONS, WORKERS, REACH = 10_000, 2, 300.0
INTERVAL = 0.5
GRACE = 10.0
"""Seconds in which the processes of a killed batch should be gone."""
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Moment:
    """One look at a running batch: the seconds since its start, its results so far, its processes."""

    seconds: float
    marked: int
    processes: int
    megabytes: float


@dataclass(frozen=True, slots=True)
class Run:
    """One command from its start to its end, or to its kill; `left` processes outlived the kill."""

    moments: Sequence[Moment]
    before: int
    after: int
    left: int = 0

    @property
    def seconds(self) -> float:
        return self.moments[-1].seconds

    @property
    def rate(self) -> float:
        return (self.after - self.before) / self.seconds


def measure(program: Program, count: int, workers: int) -> Result:
    """The table, and the peak of the memory of all processes together."""
    with tempfile.TemporaryDirectory(prefix="scale-") as folder:
        work = Path(folder)
        made = write(work / "in", submissions(count))
        line = program.batch_line(work / "in", work / "out", workers)
        killed = _run(line, work, until=count // 2)
        resumed = _run(line, work)
        hold(work / "out", made)
        return _result(killed, resumed, made, workers)


def _run(line: Sequence[str], work: Path, *, until: int | None = None) -> Run:
    """Runs a batch, to its end or until so many are marked; then it is killed as by a power cut."""
    before = _kept(work / "out")
    moments: list[Moment] = []
    start = time.monotonic()
    with (work / "told").open("w", encoding="utf-8") as told:
        process = subprocess.Popen(line, cwd=work, stdout=told, stderr=told, start_new_session=True)
        try:
            while process.poll() is None:
                seen = memory(process.pid)
                marked = _told(work / "told")
                moments.append(Moment(time.monotonic() - start, marked, seen.processes, seen.megabytes))
                if until is not None and marked >= until:
                    break
                time.sleep(INTERVAL)
        finally:
            left = _end(process)
    if until is None and process.returncode != 0:
        told_last = (work / "told").read_text("utf-8")[-2000:]
        raise RuntimeError(f"`grade batch` ended with {process.returncode}: {told_last}")
    after = _kept(work / "out")
    return Run([*moments, Moment(time.monotonic() - start, after, 0, 0.0)], before, after, left)


def _end(process: subprocess.Popen[bytes]) -> int:
    """Kills a batch that still runs; counts the processes that outlive it, and ends them, too."""
    started = descendants(process.pid)
    process.kill()
    process.wait()
    latest = time.monotonic() + GRACE
    while (left := [pid for pid in started if is_alive(pid)]) and time.monotonic() < latest:
        time.sleep(0.1)
    for pid in left:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(left)


def _told(output: Path) -> int:
    """How many are done by what a batch said last; nobody else reads the ledger of one that runs."""
    lines = re.findall(r"^([\d,]+) of [\d,]+", output.read_text("utf-8"), re.MULTILINE)
    return int(lines[-1].replace(",", "")) if lines else 0


def _kept(out: Path) -> int:
    """The results in the ledger of a batch that has ended."""
    ledger = out / "ledger.sqlite"
    if not ledger.exists():
        return 0
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as database:
        return int(database.execute("SELECT COUNT(*) FROM results").fetchone()[0])


def _result(killed: Run, resumed: Run, made: Sequence[Submission], workers: int) -> Result:
    rows = [*_rows("until the kill", killed), *_rows("after it", resumed)]
    again = resumed.after - len(made)
    notes = [
        f"{len(made):,} submissions, 3 right to 2 wrong, {workers} workers; each got what it deserves.",
        f"Rate: {killed.rate:.1f} a second until the kill, {resumed.rate:.1f} after it, starts included.",
        f"Killed with {killed.after:,} results in the ledger; the same command then marked "
        f"{resumed.after - resumed.before:,}, of which {again} were in it already.",
        f"Processes that outlived the kill by {GRACE:g} s: {killed.left}.",
        _flatness(resumed),
    ]
    peak = max(moment.megabytes for run in (killed, resumed) for moment in run.moments)
    headings = ("a batch with a kill in the middle", "seconds", "marked", "processes", "MB of memory")
    return Result(f"(d) {len(made):,} submissions", headings, rows, notes, [figure(peak)])


def figure(peak: float | None) -> Figure:
    return Figure("memory of a whole batch with two workers", REACH, peak, "MB")


def _rows(name: str, run: Run) -> list[tuple[str, ...]]:
    alive = [moment for moment in run.moments if moment.processes]
    step = max(1, len(alive) // SHOWN)
    return [
        (name, f"{m.seconds:.1f}", f"{m.marked:,}", str(m.processes), f"{m.megabytes:.0f}")
        for m in [*alive[::step][:SHOWN], *alive[-1:]]
    ]


def _flatness(run: Run) -> str:
    """How the last quarter of a run compares with its second, in which everything has begun."""
    sizes = [moment.megabytes for moment in run.moments if moment.processes]
    quarter = len(sizes) // 4
    if not quarter:
        return "Too short to say whether the memory grows."
    second, last = statistics.median(sizes[quarter : 2 * quarter]), statistics.median(sizes[-quarter:])
    return f"Memory in the second quarter of the resumed run {second:.0f} MB, in its last {last:.0f} MB."


def end_with_the_batch() -> None:
    """Lets SIGTERM end the batch, too: it has a session of its own, which the signal does not reach."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--submissions", type=int, default=SUBMISSIONS)
    parser.add_argument("--workers", type=int, default=WORKERS)
    add_program(parser)
    options = parser.parse_args()
    end_with_the_batch()
    print(measure(options.grade, options.submissions, options.workers).text())


if __name__ == "__main__":
    main()
