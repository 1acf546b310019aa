"""Runs the code in a paper in a sandbox, against the tests of its exercise."""

from contextlib import ExitStack
from pathlib import Path

from grader.cli.isolation import opened
from grader.cli.output import working
from grader.course import load_exercises
from grader.exam.marking import CodeMark
from grader.grading import grade
from grader.model.report import ExerciseReport, Status, Verdict
from grader.submission import Source

MAX_TOLD = 3
"""Promises that a paper's feedback names; `grade NAME` tells all."""


class CodeRuns:
    """Marks one source after another in a sandbox that `stack` closes.

    Raises:
        GradeError: an exercise of the course cannot be used, or the isolation wanted does not hold.
    """

    def __init__(self, course: Path, isolation: str | None, stack: ExitStack) -> None:
        self._exercises = load_exercises(course)
        self._sandbox = stack.enter_context(opened(isolation))

    def mark(self, exercise: str, source: str) -> CodeMark:
        """What the marking of an exercise says of a source."""
        if exercise not in self._exercises:
            return CodeMark(None, f"The course has no exercise `{exercise}`.")
        code = Source(source.replace("\r\n", "\n"), f"{exercise}.py")
        with working(f"marking {exercise}"):
            return _mark(grade(self._exercises[exercise], code, self._sandbox))


def _mark(report: ExerciseReport) -> CodeMark:
    score = report.score
    if report.is_broken or not score.possible:
        return CodeMark(None, "A test of this exercise is at fault, not your code.")
    if report.status is Status.UNREADABLE:  # and so no test was tried, which need not be told test by test
        return CodeMark(score.earned / score.possible, report.message or "")
    failed = [test for test in report.tests if test.verdict is not Verdict.PASSED]
    told = [report.message or ""]
    told += [f"{test.title} {test.message or ''}".strip() for test in failed[:MAX_TOLD]]
    if len(failed) > MAX_TOLD:
        told.append(f"{len(failed) - MAX_TOLD} more promises are not kept; `grade {report.id}` tells all.")
    return CodeMark(score.earned / score.possible, " ".join(one for one in told if one))
