"""(e) What the process boundary costs: a start, a call, a batch of calls, arrays of 1 MB and 16 MB.

`python benchmarks/sandbox.py` prints each beside doing without it, measured in turn: seconds alone say more
about the machine than about the program.
"""

import argparse
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from grader.sandbox.client import Isolation, Sandbox, Worker, call_frame
from grader.sandbox.replies import PLAIN
from measure import Result, Spent, in_turn, in_words, median_ratio, median_wall, timed

MEMORY = 512 * 2**20
PATIENCE = 60.0
ROUNDS = 15
CALLS = 200
SIZES = (1, 16)
PROGRAM = "def square(x): return x @ x\n\ndef same(x): return x\n"


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing that the sandbox does, and what does the same without it; both do it `times` over."""

    what: str
    ours: Callable[[], object]
    peer_name: str
    peer: Callable[[], object]
    times: int = 1


def measure(rounds: int) -> Result:
    """The table; every pair is measured in turn."""
    with Sandbox(Isolation.STRICT) as sandbox, _worker(sandbox) as worker, _pipe() as pipe:
        pairs = [
            _start(sandbox),
            _call(worker),
            _batch_of_calls(worker),
            *(_array(worker, pipe, megabytes) for megabytes in SIZES),
        ]
        rows = [_row(pair, rounds) for pair in pairs]
    notes = [f"{in_words(rounds)}; strict isolation."]
    headings = ("in the sandbox", "ms", "without it", "ms", "ratio")
    return Result("(e) The process boundary", headings, rows, notes)


def _row(pair: Pair, rounds: int) -> tuple[str, ...]:
    runs: dict[str, Callable[[int], Spent]] = {
        "ours": lambda _: timed(pair.ours),
        "peer": lambda _: timed(pair.peer),
    }
    spent = in_turn(rounds, runs)
    ours, peer = (f"{1e3 * median_wall(spent[name]) / pair.times:.3f}" for name in ("ours", "peer"))
    return pair.what, ours, pair.peer_name, peer, f"{median_ratio(spent['ours'], spent['peer']):.2f} x"


def _start(sandbox: Sandbox) -> Pair:
    def fresh_worker() -> None:
        with _worker(sandbox) as worker:
            worker.call("square", [np.ones((2, 2))], deadline=_deadline())

    def fresh_interpreter() -> None:
        subprocess.run([sys.executable, "-c", "import numpy"], check=True)

    name = "python -c 'import numpy'"
    return Pair("a fresh worker, one call, its end", fresh_worker, name, fresh_interpreter)


def _call(worker: Worker) -> Pair:
    x = np.ones((8, 8))

    def remote() -> None:
        for _ in range(CALLS):
            worker.call("square", [x], deadline=_deadline())

    return Pair("a call with an 8×8 array", remote, "the same in this process", lambda: _local(x), CALLS)


def _batch_of_calls(worker: Worker) -> Pair:
    x = np.ones((8, 8))
    frames = [call_frame("square", [x], (), place) for place in range(CALLS)]

    def remote() -> None:
        worker.send_ahead(frames, deadline=_deadline())
        for _ in range(CALLS):
            worker.answer(1, PLAIN, deadline=_deadline())

    name = "the same in this process"
    return Pair(f"a call of {CALLS} sent together", remote, name, lambda: _local(x), CALLS)


def _local(x: Any) -> None:
    for _ in range(CALLS):
        x @ x


def _array(worker: Worker, pipe: Connection, megabytes: int) -> Pair:
    x = np.random.default_rng(megabytes).random(megabytes * 2**17)

    def remote() -> None:
        worker.call("same", [x], deadline=_deadline())

    def piped() -> None:
        pipe.send(x)
        pipe.recv()

    return Pair(f"{megabytes} MB there and back", remote, "pickled through a pipe", piped)


@contextmanager
def _worker(sandbox: Sandbox) -> Iterator[Worker]:
    worker = sandbox.worker(memory=MEMORY, seconds=10 * PATIENCE)
    try:
        worker.load(PROGRAM, deadline=_deadline())
        yield worker
    finally:
        worker.end()


@contextmanager
def _pipe() -> Iterator[Connection]:
    """A connection to a process that sends back whatever it gets."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=echo, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        process.join(PATIENCE)


def echo(connection: Connection) -> None:
    """Sends back what comes until nothing does."""
    while True:
        try:
            connection.send(connection.recv())
        except EOFError:
            return


def _deadline() -> float:
    return time.monotonic() + PATIENCE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    print(measure(parser.parse_args().rounds).text())


if __name__ == "__main__":
    main()
