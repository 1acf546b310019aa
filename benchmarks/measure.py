"""Times commands in turn and says in plain tables what came out."""

import os
import platform
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

PATIENCE = 1800
"""Seconds after which a command of a benchmark counts as hung."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock and of the processors."""

    wall: float
    cpu: float

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.wall + other.wall, self.cpu + other.cpu)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure to reach, and what was measured; None where it could not be."""

    what: str
    reach: float
    measured: float | None
    unit: str = "x"

    def cells(self) -> tuple[str, str, str]:
        space = "" if self.unit == "x" else " "
        measured = "not measured" if self.measured is None else f"{self.measured:.3g}{space}{self.unit}"
        return self.what, f"{self.reach:g}{space}{self.unit}", measured


@dataclass(frozen=True, slots=True)
class Result:
    """What one benchmark found: a table, what to know about it, and its share of the figures to reach."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()
    figures: Sequence[Figure] = field(default=())

    def text(self) -> str:
        """The table for a terminal."""
        lines = [self.title, *plain(self.headings, self.rows), *self.notes]
        return "\n".join(lines + [": ".join(figure_line(figure)) for figure in self.figures]) + "\n"


def figure_line(figure: Figure) -> tuple[str, str]:
    what, reach, measured = figure.cells()
    return what, f"{measured} (to reach: {reach})"


def plain(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table, its first column to the left and the others to the right."""
    if not headings:
        return []
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        first, *rest = (
            cell.rjust(width) if n else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return "  ".join([f"  {first}", *rest]).rstrip()

    return [line(headings), *map(line, rows)]


def timed(run: Callable[[], object]) -> Spent:
    """What a call costs, the processes that it started and waited for included."""
    before, start = _processor_seconds(), time.perf_counter()
    run()
    return Spent(time.perf_counter() - start, _processor_seconds() - before)


def _surroundings() -> Mapping[str, str]:
    """Those of a user: who compiles a program anew at every start measures the compiler of Python."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def command(
    arguments: Sequence[str | Path],
    *,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    allowed: Iterable[int] = (0,),
) -> str:
    """What a command prints.

    Raises:
        RuntimeError: it ended with a code that is not allowed.
    """
    done = subprocess.run(
        [str(argument) for argument in arguments],
        cwd=folder,
        env={**_surroundings(), **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode not in allowed:
        told = (done.stderr.strip() or done.stdout.strip())[-2000:]
        raise RuntimeError(f"`{Path(arguments[0]).name}` ended with {done.returncode}: {told}")
    return done.stdout


def in_turn(rounds: int, runs: Mapping[str, Callable[[int], Spent]]) -> dict[str, list[Spent]]:
    """What each run costs in each round; all have their turn before the next round begins."""
    spent: dict[str, list[Spent]] = {name: [] for name in runs}
    for number in range(rounds):
        for name, run in runs.items():
            spent[name].append(run(number))
    return spent


def median_ratio(ours: Sequence[Spent], peer: Sequence[Spent]) -> float:
    """The median over the rounds of our seconds to those of the peer."""
    return statistics.median(a.wall / b.wall for a, b in zip(ours, peer, strict=True))


def median_cpu_ratio(ours: Sequence[Spent], peer: Sequence[Spent]) -> float:
    """The same of processor time, which other work on the machine moves less."""
    return statistics.median(a.cpu / b.cpu for a, b in zip(ours, peer, strict=True))


def median_wall(spent: Sequence[Spent]) -> float:
    return statistics.median(one.wall for one in spent)


def median_cpu(spent: Sequence[Spent]) -> float:
    return statistics.median(one.cpu for one in spent)


def in_words(rounds: int) -> str:
    """How often all was measured, for a note under a table."""
    return f"Medians of {rounds} rounds in turn" if rounds > 1 else "Measured once, in turn"


def machine() -> str:
    """The machine and the versions, without names and paths."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "hypothesis", "pytest"))
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {packages}"


def _processor_seconds() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in both)
