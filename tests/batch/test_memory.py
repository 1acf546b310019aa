"""A batch takes no more memory for ten thousand submissions than for one thousand."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SMALL

PROGRAM = """
import resource, sys
from pathlib import Path
from grader.batch.incoming import Incoming
from grader.batch.ledger import Ledger
from grader.batch.run import Batch, run_batch
from grader.batch.summary import write_outputs
from grader.batch.work import Place
from grader.course import load_exercises
from grader.grading import Marker
from grader.submission import Source
from tests.batch.conftest import InlineEngine

course, out, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
exercises = load_exercises(course)
as_usual, canned = Marker.grade, []

def quick(marker, source):
    canned[:] = canned or [as_usual(marker, source)]
    return canned[0]

Marker.grade = quick
code = "x = 1\\n" * 2_000
paths = [Incoming(f"s{i}", out / f"s{i}.py") for i in range(count)]
import grader.batch.run as run
run.read_incoming = lambda one, *_: Source(f"{code}# {one.name}", "toolbox.py")
batch = Batch(Place(str(course), "process"), paths, list(exercises.values()), frozenset(exercises))
with Ledger(out) as ledger:
    site = run_batch(batch, ledger, InlineEngine(), lambda progress: None)
    write_outputs(out, ledger, site, ())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(out: Path, count: int) -> int:
    """The most memory that a batch of so many had at any time, in KiB."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(SMALL), str(out), str(count)],
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return int(done.stdout)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_ten_thousand_take_no_more_than_a_few_mebibytes_over_one_thousand(tmp_path: Path) -> None:
    few, many = peak(tmp_path / "few", 1_000), peak(tmp_path / "many", 10_000)
    assert many - few < 24 * 2**10, (few, many)
    assert len(list((tmp_path / "many" / "reports").iterdir())) == 10_000
