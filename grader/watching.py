"""Marks exercises again whenever their files are saved, one failing promise at a time."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.course import load_exercises
from grader.errors import UsageError
from grader.grading import Marker
from grader.model.exercise import Exercise
from grader.model.report import ExerciseReport, Report, TestResult, Verdict
from grader.progress import read_progress, remember
from grader.sandbox.client import Sandbox
from grader.submission import Source, UnreadableError, read_submission

Stamp = tuple[int, int, int] | None
SHRINK_SECONDS = 0.5
"""For each promise that is not kept: who has just saved waits for the answer. The first input found is small
too, since the smallest are tried first."""
ORDER = (Verdict.BROKEN, Verdict.FAILED, Verdict.BLOCKED)
"""What is shown first: a blocked promise says nothing before the one it waits for is kept."""


class Eye:
    """Notices which files were saved.

    A change is told when the file is the same at two looks: an editor that writes in pieces, or renames its
    own copy into the place, is done by then. A file that is gone is a change too.
    """

    def __init__(self, paths: Iterable[Path], *, stamp: Callable[[Path], Stamp] | None = None) -> None:
        self._stamp = stamp or _stamp
        self._told = {path: self._stamp(path) for path in paths}
        self._seen = dict(self._told)

    def saved(self) -> frozenset[Path]:
        """The files that have changed since they were last told, and have come to rest."""
        now = {path: self._stamp(path) for path in self._told}
        rested = {path for path in now if now[path] == self._seen[path] != self._told[path]}
        self._seen = now
        self._told |= {path: now[path] for path in rested}
        return frozenset(rested)


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


class Desk:
    """The exercise at hand with its open marker, and how its working copy fared; a context manager."""

    def __init__(self, course: Path, exercises: Mapping[str, Exercise], sandbox: Sandbox) -> None:
        self._course = course
        self._exercises = dict(exercises)
        self._sandbox = sandbox
        self._open = ExitStack()
        self._marker: Marker | None = None
        self._shown = 0
        self.exercise = next(iter(self._exercises.values()))
        self.report: ExerciseReport | None = None

    def take(self, name: str, *, anew: bool = False) -> None:
        """Marks the working copy of an exercise; `anew`, its tests have changed and are read again.

        Raises:
            ContentError: the tests cannot be used.
        """
        if anew:
            self._exercises = load_exercises(self._course)
            if name not in self._exercises:
                raise UsageError(f"the exercise `{name}` is gone")
        if anew or self._marker is None or self.exercise.id != name:
            self._open.close()
            self._marker, self.report = None, None
            self.exercise = self._exercises[name]
            marker = Marker(self.exercise, self._sandbox, shrink_seconds=SHRINK_SECONDS)
            self._marker = self._open.enter_context(marker)
        self.report = self._marker.grade(working_copy(self.exercise))
        self._shown = 0
        remember(self._course, Report(self._sandbox.isolation, (self.report,)))

    @property
    def failing(self) -> list[TestResult]:
        """What is not kept yet, in the order in which it is shown: public tests before hidden ones."""
        if self.report is None:
            return []
        tests = [test for test in self.report.tests if test.verdict is not Verdict.PASSED]
        return sorted(tests, key=lambda test: (ORDER.index(test.verdict), not test.is_public))

    @property
    def shown(self) -> int:
        """The index of the failing promise that is shown."""
        return self._shown

    def turn(self) -> bool:
        """Goes on to the next failing promise; whether there is one."""
        has_next = self._shown + 1 < len(self.failing)
        self._shown = self._shown + 1 if has_next else 0
        return has_next

    def solved(self) -> list[str]:
        """The exercises all of whose promises were kept when they were last marked."""
        standings = read_progress(self._course).standings
        return [
            name for name in self._exercises if (standing := standings.get(name)) and standing.is_complete
        ]

    def next_unsolved(self) -> str | None:
        """The exercise to go on with after the one at hand; None when all others are solved."""
        names, solved = list(self._exercises), self.solved()
        here = names.index(self.exercise.id)
        return next((name for name in names[here + 1 :] + names[:here] if name not in solved), None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)


def working_copy(exercise: Exercise) -> Source | UnreadableError | None:
    """What a student has written so far; None where the file is gone."""
    if not exercise.stub.is_symlink() and not exercise.stub.exists():
        return None
    try:
        return read_submission(exercise.stub, exercise.id)
    except UnreadableError as error:
        return error
    except UsageError as error:  # it was taken away, or made a link or a folder, a moment ago
        return UnreadableError(f"{error}.")
