"""Keeps what a student has reached on this machine: the last scores, the hints read."""

import json
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.files import read_file, write_file
from grader.model.report import Report, Verdict
from grader.model.score import Score

STATE = ".grade"
"""The folder in a course that holds what belongs to this machine alone."""
MAX_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Standing:
    """How an exercise fared when it was last marked: its points, its promises kept out of all."""

    score: Score
    kept: int
    promises: int

    @property
    def is_complete(self) -> bool:
        """Whether every promise was kept and no point lost."""
        return 0 < self.promises == self.kept and self.score.is_full


@dataclass(slots=True)
class Progress:
    """The last standing of each exercise and the number of hints read."""

    standings: dict[str, Standing] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)


def read_progress(course: Path) -> Progress:
    """What is known; nothing where the file is missing or damaged, since it can be made again."""
    try:
        tree = json.loads(read_file(course / STATE / "progress.json", MAX_BYTES, follow=False))
        return Progress(
            {name: _standing(entry) for name, entry in tree["standings"].items()},
            {str(name): max(0, int(count)) for name, count in tree["hints"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return Progress()


def write_progress(course: Path, progress: Progress) -> None:
    """Keeps the progress for the next time.

    Raises:
        UsageError: the course's folder cannot be written to.
    """
    tree = {
        "standings": {name: _tree(standing) for name, standing in progress.standings.items()},
        "hints": progress.hints,
    }
    write_file(course / STATE / "progress.json", json.dumps(tree, indent=2).encode("utf-8"))


def remember(course: Path, report: Report) -> None:
    """Keeps the standings of a report; a course that cannot be written to is still marked."""
    progress = read_progress(course)
    for exercise in report.exercises:
        kept = sum(test.verdict is Verdict.PASSED for test in exercise.tests)
        progress.standings[exercise.id] = Standing(exercise.score, kept, len(exercise.tests))
    try:
        write_progress(course, progress)
    except UsageError:
        return


def _standing(entry: Any) -> Standing:
    score = Score(_points(entry["earned"]), _points(entry["possible"]))
    return Standing(score, int(entry["kept"]), int(entry["promises"]))


def _points(text: str) -> Fraction:
    numerator, _, denominator = text.partition("/")
    return Fraction(int(numerator), int(denominator or "1"))  # `Fraction("1e999999999")` takes all day


def _tree(standing: Standing) -> dict[str, Any]:
    return {
        "earned": str(standing.score.earned),
        "possible": str(standing.score.possible),
        "kept": standing.kept,
        "promises": standing.promises,
    }
