"""What the process boundary costs: a call, a fresh worker and a submission, beside doing without it.

`python benchmarks/sandbox.py` prints each figure as a ratio to its peer, measured in turn in one run: seconds
alone say more about the machine than about the program.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from grader.course import find_course, load_exercises
from grader.grading import grade
from grader.sandbox.client import Sandbox
from grader.submission import read_source

MEMORY = 512 * 2**20
ROUNDS = 15
CALLS = 200
PROGRAM = "def f(x): return x @ x"


def milliseconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return 1e3 * (time.perf_counter() - start)


def paired(
    ours: Callable[[], object], peer: Callable[[], object], rounds: int = ROUNDS
) -> tuple[float, float]:
    """The medians of both, measured in turn."""
    pairs = [(milliseconds(ours), milliseconds(peer)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def show(what: str, ours: float, peer_name: str, peer: float) -> None:
    print(f"{what:<44} {ours:9.3f} ms   {peer_name:<34} {peer:9.3f} ms   ratio {ours / peer:7.2f}")


def main() -> None:
    exercise = load_exercises(find_course(Path.cwd()))["softmax_loss"]
    with Sandbox() as sandbox:
        compare_calls(sandbox)
        compare_starts(sandbox)
        reference = exercise.reference
        if reference is not None:
            source = read_source(reference)
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(reference.parent)]
            ours, peer = paired(
                lambda: grade(exercise, source, sandbox),
                lambda: subprocess.run(command, capture_output=True, check=True),
                rounds=3,
            )
            show("one right submission, warm", ours, "pytest on the same tests, cold", peer)


def compare_calls(sandbox: Sandbox) -> None:
    """A call of f(8×8) in the sandbox beside the same call in this process."""
    x = np.ones((8, 8))
    worker = sandbox.worker(memory=MEMORY, seconds=60)
    worker.load(PROGRAM, deadline=time.monotonic() + 60)

    def remote() -> None:
        for _ in range(CALLS):
            worker.call("f", [x], deadline=time.monotonic() + 60)

    def local() -> None:
        for _ in range(CALLS):
            x @ x

    ours, peer = paired(remote, local)
    worker.end()
    show("a call with an 8×8 array", ours / CALLS, "the same call in process", peer / CALLS)


def compare_starts(sandbox: Sandbox) -> None:
    """A fresh worker that answers one call beside a fresh interpreter that imports numpy."""

    def fresh_worker() -> None:
        worker = sandbox.worker(memory=MEMORY, seconds=60)
        worker.load(PROGRAM, deadline=time.monotonic() + 60)
        worker.call("f", [np.ones((2, 2))], deadline=time.monotonic() + 60)
        worker.end()

    command = [sys.executable, "-c", "import numpy"]
    ours, peer = paired(fresh_worker, lambda: subprocess.run(command, check=True))
    show("a fresh worker, one call, its end", ours, "python -c 'import numpy'", peer)


if __name__ == "__main__":
    main()
