"""(c) Right submissions beside the floor: the calls that the tests make of them, and nothing else.

`python benchmarks/floor.py` notes every call that the ten tests make of the reference, numerical gradients
included, and replays just these with each submission in this process. `grade batch` marks the same ones.
"""

import argparse
import importlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from grader.engine.reference import load_reference
from measure import (
    Figure,
    Result,
    Spent,
    in_turn,
    in_words,
    median_cpu,
    median_cpu_ratio,
    median_ratio,
    median_wall,
    timed,
)
from ours import COURSE, Program, add_program
from submissions import FUNCTIONS, Submission, right_submissions, write

SUBMISSIONS, ROUNDS, REACH = 60, 3, 4.0
PATHS = (
    Path(__file__).with_name("peer_files"),
    COURSE / "exercises" / "deep",
    COURSE / "solutions" / "deep",
)
REFERENCE = COURSE / "solutions" / "deep" / "deep.py"


@dataclass(frozen=True, slots=True)
class Kept:
    """An argument that an earlier call returned: a cache, at its `place` among the results."""

    call: int
    place: int


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the student, and whether a numerical gradient asked for it."""

    function: str
    arguments: tuple[Any, ...]
    is_nudged: bool


@cache
def recorded() -> Sequence[Call]:
    """Every call that the ten tests make of the reference, in order."""
    with _importable():
        sys.modules["reference"] = reference = load_reference(REFERENCE)
        ten = importlib.import_module("ten")
    tape = _Tape()
    ten.test_hidden.assert_gradient = tape.nudging(ten.test_hidden.assert_gradient)
    names = {name: tape.recording(name, getattr(reference, name)) for name in FUNCTIONS}
    for test in ten.TESTS:
        ten.hold(test, names)
    return tape.calls


class _Tape:
    """The calls so far."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._caches: dict[int, tuple[Kept, Any]] = {}
        self._is_nudging = False

    def recording(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            given = [self._caches[id(a)][0] if id(a) in self._caches else _copied(a) for a in arguments]
            self.calls.append(Call(name, tuple(given), self._is_nudging))
            value = function(*arguments)
            for place, result in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(result, tuple):  # a cache; kept alive, so that its id stays its own
                    self._caches[id(result)] = Kept(len(self.calls) - 1, place), result
            return value

        return call

    def nudging(self, check: Callable[..., None]) -> Callable[..., None]:
        def held(*arguments: Any, **named: Any) -> None:
            self._is_nudging = True
            check(*arguments, **named)
            self._is_nudging = False

        return held


def _copied(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value


def replay(calls: Sequence[Call], names: Mapping[str, Any]) -> Spent:
    """What a submission takes for the calls."""
    functions = [names[call.function] for call in calls]
    needed = {part.call for call in calls for part in call.arguments if isinstance(part, Kept)}
    kept: dict[int, Any] = {}

    def run() -> None:
        for number, (function, call) in enumerate(zip(functions, calls, strict=True)):
            value = function(*[kept[a.call][a.place] if type(a) is Kept else a for a in call.arguments])
            if number in needed:
                kept[number] = value

    return timed(run)


def measure(program: Program, count: int, rounds: int) -> Result:
    """The table, and the ratio to the student's calls alone."""
    calls = recorded()
    with tempfile.TemporaryDirectory(prefix="floor-") as folder:
        work = Path(folder)
        made = write(work / "in", right_submissions(count))
        write(work / "first", right_submissions(1))
        program.batch(work / "first", work / "out-before", made[:1])
        spent = in_turn(
            rounds,
            {
                "grade batch": lambda number: program.batch(work / "in", work / f"out-{number}", made),
                "grade batch of one": lambda n: program.batch(work / "first", work / f"one-{n}", made[:1]),
                "the calls alone": lambda _: alone(calls, made),
                "less gradients": lambda _: alone(without_nudged(calls), made),
            },
        )
    return _result(spent, count, rounds, calls)


def without_nudged(calls: Sequence[Call]) -> list[Call]:
    """The calls that no numerical gradient asked for; none of the others makes a cache that is used again."""
    places = [number for number, call in enumerate(calls) if not call.is_nudged]
    moved = {old: new for new, old in enumerate(places)}

    def argument(part: Any) -> Any:
        return Kept(moved[part.call], part.place) if isinstance(part, Kept) else part

    left = (calls[number] for number in places)
    return [Call(call.function, tuple(map(argument, call.arguments)), is_nudged=False) for call in left]


def alone(calls: Sequence[Call], made: Sequence[Submission]) -> Spent:
    """What the calls cost for all the submissions together."""
    spent = Spent(0.0, 0.0)
    for one in made:
        names: dict[str, Any] = {}
        exec(compile(one.text, one.name, "exec"), names)  # noqa: S102 (written by this program)
        spent += replay(calls, names)
    return spent


def _result(spent: Mapping[str, Sequence[Spent]], count: int, rounds: int, calls: Sequence[Call]) -> Result:
    whole, one, floor, fewer = spent.values()
    running = [Spent(a.wall - b.wall, a.cpu - b.cpu) for a, b in zip(whole, one, strict=True)]
    rest = [Spent(b.wall * (count - 1) / count, b.cpu * (count - 1) / count) for b in floor]
    rows = [
        _row("grade batch, 1 worker, its start included", whole, floor, count),
        _row("grade batch, less a batch of one", running, rest, count - 1),
        _row("the student's calls alone", floor, floor, count),
        _row("the same less those of numerical gradients", fewer, floor, count),
    ]
    notes = [
        f"{in_words(rounds)}; {count} right submissions.",
        f"{len(calls):,} calls each, of which numerical gradients make {sum(c.is_nudged for c in calls):,}.",
    ]
    headings = ("a right submission", "wall ms each", "CPU ms each", "wall to the calls", "CPU to the calls")
    return Result("(c) Beside the floor", headings, rows, notes, [figure(median_ratio(whole, floor))])


def figure(ratio: float | None) -> Figure:
    return Figure("a right submission of a batch to its calls alone", REACH, ratio)


def _row(name: str, spent: Sequence[Spent], floor: Sequence[Spent], count: int) -> tuple[str, ...]:
    each = (f"{1e3 * seconds / count:.1f}" for seconds in (median_wall(spent), median_cpu(spent)))
    return (name, *each, f"{median_ratio(spent, floor):.2f} x", f"{median_cpu_ratio(spent, floor):.2f} x")


@contextmanager
def _importable() -> Iterator[None]:
    before = list(sys.path)
    sys.path[:0] = map(str, PATHS)
    try:
        yield
    finally:
        sys.path[:] = before


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--submissions", type=int, default=SUBMISSIONS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    add_program(parser)
    options = parser.parse_args()
    print(measure(options.grade, options.submissions, options.rounds).text())


if __name__ == "__main__":
    main()
