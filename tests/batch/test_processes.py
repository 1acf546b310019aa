"""`grade batch` with worker processes: it outlives what submissions do to it, and its own end."""

import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.batch.conftest import BROKEN, HANGS, STRICT, Batch

POISON = "def double(x):\n    return 0 * x + 666, 0.0\n"
TRAP = "    if 666 in y:\n        import os\n\n        os.kill(os.getpid(), 9)\n"


def some(batch: Batch, count: int) -> None:
    batch.hand_in({f"s{i:02}.py": f"{batch.reference if i % 3 else BROKEN}# {i}\n" for i in range(count)})


def results(out: Path) -> int:
    """How many results are in a ledger that nobody has open."""
    if not (out / "ledger.sqlite").exists():
        return 0
    ledger = sqlite3.connect(out / "ledger.sqlite")
    try:
        return int(ledger.execute("SELECT count(*) FROM results").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # killed before it had its tables
    finally:
        ledger.close()


def test_every_submission_has_a_line_with_a_status_and_a_sentence(batch: Batch) -> None:
    batch.hand_in({"alice.py": batch.reference, "bob.py": BROKEN, "empty.py": "", "hangs.py": HANGS})
    batch.hand_in({"crashes.py": "import os\nos.abort()\n", "exits.py": "import sys\nsys.exit(0)\n"})
    batch.hand_in({"folder/toolbox.py": batch.reference, "other.py": "x = 1\n", "syntax.py": "def f(:\n"})
    (batch.submissions / "noise.py").write_bytes(b"\xff\x00")
    (batch.submissions / "torn.zip").write_bytes(b"PK\3\4")
    (batch.submissions / "link.py").symlink_to("/etc/passwd")
    (batch.submissions / "nothing").mkdir()
    done = batch.end(batch.start(batch.out))
    assert (done.code, "Traceback" in done.stderr) == (0, False)
    assert "13 of 13" in done.stderr
    scores = batch.scores()
    assert {name: row["status"] for name, row in scores.items()} == {
        **dict.fromkeys(("alice", "bob", "empty", "folder", "other"), "graded"),
        **dict.fromkeys(("crashes", "hangs"), "stopped"),
        **dict.fromkeys(("exits", "link", "noise", "syntax", "torn"), "unreadable"),
        "nothing": "not_submitted",
    }
    assert {name for name, row in scores.items() if row["earned"] == "5.5"} == {"alice", "folder"}
    assert {row["earned"] for row in scores.values()} == {"0", "5.5"}
    assert all(row["possible"] == "5.5" and row["message"] for row in scores.values())
    assert scores["alice"]["message"] == "Every promise is kept."
    assert scores["link"]["message"] == "`link.py` is a link. Hand in what it points to."
    assert "still running at the time limit" in scores["hangs"]["message"]
    assert batch.report("alice")["isolation"] == STRICT
    assert {path.stem for path in (batch.out / "reports").iterdir()} == set(scores)


def test_who_ends_the_process_that_marks_is_set_apart_and_the_others_are_marked(batch: Batch) -> None:
    batch.change_tests("    expected, expected_total", f"{TRAP}    expected, expected_total")
    some(batch, 2)
    batch.hand_in({"s00x.py": POISON})
    done = batch.end(batch.start(batch.out))
    assert done.code == 1
    assert "`s00x`: It ended the process that marks it, 2 times; nobody has judged it." in done.stdout
    assert "1 in quarantine" in done.stderr
    scores = batch.scores()
    assert scores.pop("s00x")["status"] == "quarantined"
    assert {row["status"] for row in scores.values()} == {"graded"}


def killed_and_resumed(batch: Batch, out: Path, moments: Iterable[float]) -> None:
    """A run that is killed after so many seconds each time it is started, then left to end."""
    before = 0
    for moment in moments:
        running = batch.start(out, "--workers", "2")
        time.sleep(moment)
        before = killed(batch, running, out, before)
    done = batch.end(batch.start(out))
    assert done.code == 0, done.stderr


def killed(batch: Batch, running: subprocess.Popen[str], out: Path, before: int) -> int:
    """Kills a run; returns how many results there are, none of which may have gone."""
    running.kill()
    batch.end(running)
    after = results(out)
    assert after >= before
    return after


def wait_until(running: subprocess.Popen[str], done: int) -> None:
    """Waits for a run to say that it has come so far."""
    if running.stderr is None:
        raise RuntimeError("nobody reads what it says")
    while int((running.stderr.readline() or "999").split()[0]) < done:
        pass


def undisturbed(batch: Batch) -> bytes:
    """The scores of a run in this process."""
    batch.run(isolation=STRICT)
    return (batch.out / "scores.csv").read_bytes()


def test_a_run_that_is_killed_and_started_again_writes_the_same_bytes(batch: Batch, tmp_path: Path) -> None:
    some(batch, 7)
    out = tmp_path / "killed"
    running = batch.start(out, "--workers", "2")
    wait_until(running, 3)
    assert 3 <= killed(batch, running, out, 0) < 7
    killed_and_resumed(batch, out, [])
    assert undisturbed(batch) == (out / "scores.csv").read_bytes()
    assert results(out) == 7


@pytest.mark.long
@pytest.mark.timeout(600)
def test_killed_at_ten_random_moments_it_writes_the_same_bytes(batch: Batch, tmp_path: Path) -> None:
    rng = random.Random(7)
    some(batch, 60)
    batch.hand_in({f"t{i}.py": f"{HANGS}# {i}\n" for i in range(4)})
    killed_and_resumed(batch, tmp_path / "killed", [rng.uniform(0.2, 6.0) for _ in range(10)])
    assert undisturbed(batch) == (tmp_path / "killed" / "scores.csv").read_bytes()


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(batch: Batch) -> None:
    some(batch, 6)
    running = batch.start(batch.out, "--workers", "1")
    wait_until(running, 1)
    running.send_signal(signal.SIGINT)
    done = batch.end(running)
    assert done.code == 2
    assert "the same command goes on from there" in done.stderr
    assert "Traceback" not in done.stderr
    assert 1 <= results(batch.out) < 6
