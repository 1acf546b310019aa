"""`--engine dask` with a real scheduler and a real worker on loopback."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from grader.batch.cluster import ClusterEngine
from grader.errors import UsageError
from tests.batch.conftest import BROKEN, STRICT, Batch
from tests.batch.test_processes import POISON, TRAP, wait_until

SECONDS = 60


class Cluster:
    """A scheduler and workers, each a process of its own, as `dask` starts them on any machine."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._file = folder / "scheduler.json"
        quiet = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        self.scheduler = self._started("scheduler", *quiet, "--scheduler-file", str(self._file))
        self.address = json.loads(self._waited_for())["address"]

    def add_worker(self) -> None:
        where = ["--scheduler-file", str(self._file), "--local-directory", str(self._folder)]
        self._started("worker", *where, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")

    def _started(self, *arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
            cwd=self._folder,
            env=os.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._stack.callback(process.wait, SECONDS)
        self._stack.callback(process.terminate)
        return process

    def _waited_for(self) -> str:
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            if self._file.exists() and (text := self._file.read_text("utf-8")).rstrip().endswith("}"):
                return text
            time.sleep(0.05)
        raise TimeoutError("the scheduler did not start")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as stack:
        folder = tmp_path / "cluster"
        folder.mkdir()
        yield Cluster(folder, stack)


def test_a_cluster_writes_what_this_machine_writes(batch: Batch, cluster: Cluster, tmp_path: Path) -> None:
    cluster.add_worker()
    batch.hand_in({"alice.py": batch.reference, "bob.py": BROKEN, "crashes.py": "import os\nos.abort()\n"})
    out = tmp_path / "cluster-out"
    done = batch.end(batch.start(out, "--engine", "dask", "--scheduler", cluster.address))
    assert done.code == 0, done.stderr
    batch.run(isolation=STRICT)
    assert (out / "scores.csv").read_bytes() == (batch.out / "scores.csv").read_bytes()
    assert (out / "summary.json").read_bytes() == (batch.out / "summary.json").read_bytes()


CONNECTS = """
import subprocess
import sys
from grader.batch import cluster
cluster.CONNECT_SECONDS = 0.3
cluster.ClusterEngine(sys.argv[1])
"""


@pytest.mark.parametrize(
    "address",
    [
        "tcp://127.0.0.1:1",
        *(pytest.param(address, marks=pytest.mark.long) for address in ("nowhere", "x://y:1")),
    ],
)
def test_where_no_scheduler_answers_that_is_told(address: str) -> None:
    # Each in a process of its own: what a client of dask leaves behind when it fails can hang the next.
    command = [sys.executable, "-c", CONNECTS, address]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "UsageError: no scheduler answers at" in done.stderr


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'grade\[cluster\]'"):
        ClusterEngine("tcp://127.0.0.1:1")


@pytest.mark.long
@pytest.mark.timeout(300)
def test_who_kills_workers_of_a_cluster_is_set_apart(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As often as dask tries work elsewhere that has ended a worker.
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "1")
    batch.change_tests("    expected, expected_total", f"{TRAP}    expected, expected_total")
    batch.hand_in({"alice.py": batch.reference, "poison.py": POISON, "zoe.py": f"{batch.reference}#\n"})
    (tmp_path / "cluster").mkdir()
    with ExitStack() as stack:
        cluster = Cluster(tmp_path / "cluster", stack)
        cluster.add_worker()
        done = batch.end(batch.start(batch.out, "--engine", "dask", "--scheduler", cluster.address))
    assert done.code == 1, done.stderr
    assert {name: row["status"] for name, row in batch.scores().items()} == {
        "alice": "graded",
        "poison": "quarantined",
        "zoe": "graded",
    }
    assert "It ended the process that marks it" in batch.scores()["poison"]["message"]


@pytest.mark.long
@pytest.mark.timeout(300)
def test_a_scheduler_that_is_lost_stops_the_batch_and_another_goes_on(batch: Batch, tmp_path: Path) -> None:
    batch.hand_in({f"s{i}.py": f"{batch.reference}# {i}\n" for i in range(40)})
    (tmp_path / "cluster").mkdir()
    with ExitStack() as stack:
        cluster = Cluster(tmp_path / "cluster", stack)
        cluster.add_worker()
        running = batch.start(batch.out, "--engine", "dask", "--scheduler", cluster.address)
        wait_until(running, 4)
        cluster.scheduler.kill()
        done = batch.end(running)
    assert (done.code, "run the same command to go on" in done.stderr) == (2, True), done.stderr
    assert batch.run(isolation=STRICT).code == 0
    assert len(batch.scores()) == 40


@pytest.mark.long
def test_a_worker_reads_a_course_again_that_was_changed(batch: Batch, cluster: Cluster) -> None:
    cluster.add_worker()
    batch.hand_in({"alice.py": batch.reference})
    for points, possible in ((2, "5.5"), (3, "6.5")):
        batch.change_tests("points(2)", f"points({points})")
        done = batch.end(batch.start(batch.out, "--engine", "dask", "--scheduler", cluster.address))
        assert "new results: 1" in done.stdout
        assert batch.scores()["alice"]["possible"] == possible
