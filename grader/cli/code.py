"""Marks the code in a paper as `grade` marks an exercise."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.cli.isolation import opened
from grader.cli.output import working
from grader.course import load_exercises
from grader.exam.marking import CodeMark
from grader.grading import grade
from grader.model.exercise import Exercise
from grader.model.report import ExerciseReport, Verdict
from grader.sandbox.client import Sandbox
from grader.submission import Source

MAX_TOLD = 3
"""Promises that a paper's feedback names; `grade NAME` tells all."""


class CodeMarker:
    """Marks a source for an exercise; a context manager that opens a sandbox when the first one comes."""

    def __init__(self, course: Path, isolation: str | None = None) -> None:
        self._course = course
        self._isolation = isolation
        self._stack = ExitStack()
        self._exercises: dict[str, Exercise] | None = None
        self._sandbox: Sandbox | None = None

    def __call__(self, exercise: str, source: str) -> CodeMark:
        if self._exercises is None:
            self._exercises = load_exercises(self._course)
        if exercise not in self._exercises:
            return CodeMark(None, f"The course has no exercise `{exercise}`.")
        if self._sandbox is None:
            self._sandbox = self._stack.enter_context(opened(self._isolation))
        code = Source(source.replace("\r\n", "\n"), f"{exercise}.py")
        with working(f"marking {exercise}"):
            return _mark(grade(self._exercises[exercise], code, self._sandbox))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()


def _mark(report: ExerciseReport) -> CodeMark:
    score = report.score
    if report.is_broken or not score.possible:
        return CodeMark(None, "A test of this exercise is at fault, not your code.")
    failed = [test for test in report.tests if test.verdict is not Verdict.PASSED]
    told = [report.message or ""]
    told += [f"{test.title} {test.message or ''}".strip() for test in failed[:MAX_TOLD]]
    if len(failed) > MAX_TOLD:
        told.append(f"{len(failed) - MAX_TOLD} more promises are not kept; `grade {report.id}` tells all.")
    return CodeMark(score.earned / score.possible, " ".join(one for one in told if one))
