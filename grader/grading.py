"""Marks a submission: from what a student handed in to a report."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import TracebackType
from typing import Self

from grader.course import catalog
from grader.engine import wording
from grader.engine.bench import SHRINK_SECONDS
from grader.engine.declared import Declared
from grader.engine.diagnosis import Evidence, Suspects
from grader.engine.run import Marked, Outcome
from grader.engine.session import Session
from grader.engine.tape import Failure
from grader.model.exercise import Exercise
from grader.model.report import Diagnosis, ExerciseReport, Status, TestResult, Verdict, Visibility
from grader.model.score import Score
from grader.sandbox.client import Sandbox
from grader.sandbox.text import printable
from grader.submission import Source, UnreadableError

NOTHING = "Nothing was handed in for this exercise."
BROKEN = "This test is at fault, not your code: {what}. Please tell your instructor."
HIDDEN: Mapping[Verdict, str] = {
    Verdict.FAILED: "The promise is not kept; the details of this test are not shown.",
    Verdict.BLOCKED: "Waits for another test.",
    Verdict.BROKEN: "This test is at fault, not your code. Please tell your instructor.",
}


def grade(exercise: Exercise, source: Source | UnreadableError | None, sandbox: Sandbox) -> ExerciseReport:
    """The report on one submission for one exercise; None is one that is not there.

    Raises:
        ContentError: the exercise's tests cannot be used.
    """
    return grade_all(exercise, [source], sandbox)[0]


def grade_all(
    exercise: Exercise, sources: Sequence[Source | UnreadableError | None], sandbox: Sandbox
) -> list[ExerciseReport]:
    """The reports on many submissions for one exercise, as `grade` makes them."""
    with Marker(exercise, sandbox) as marker:
        return [marker.grade(source) for source in sources]


class Marker:
    """Marks one submission after another for an exercise, whose tests are collected once; a context manager.

    Where an input that breaks a promise is long, a shorter one is looked for, `shrink_seconds` at most.

    Raises:
        ContentError: the exercise's tests cannot be used.
    """

    def __init__(
        self, exercise: Exercise, sandbox: Sandbox, *, shrink_seconds: float = SHRINK_SECONDS
    ) -> None:
        self._exercise = exercise
        mistakes, _ = catalog(exercise)
        self._suspects = Suspects(exercise, mistakes, sandbox)
        self._session = Session(exercise, sandbox, shrink_seconds=shrink_seconds)

    def grade(self, source: Source | UnreadableError | None) -> ExerciseReport:
        """The report on one submission; None is one that is not there."""
        tests = self._session.tests
        if not isinstance(source, Source):
            return _report(self._exercise, tests, _unmarked(tests, source), None)
        marked = self._session.mark(source)
        diagnosis = self._suspects.diagnose(_evidence_in_sight(tests, marked))
        return _report(self._exercise, tests, marked, diagnosis)

    def __enter__(self) -> Self:
        self._session.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._suspects.__exit__(kind, error, trace)
        self._session.__exit__(kind, error, trace)


def _unmarked(tests: Sequence[Declared], error: UnreadableError | None) -> Marked:
    status = Status.UNREADABLE if error else Status.NOT_SUBMITTED
    message = str(error) if error else NOTHING
    return Marked(status, {test.id: Outcome(Verdict.FAILED, message) for test in tests}, message)


def _evidence_in_sight(tests: Sequence[Declared], marked: Marked) -> Evidence:
    """What failed, but not out of sight: the diagnosis would tell of it."""
    outcomes = [marked.outcomes[test.id] for test in tests if test.is_visible]
    return Evidence(
        [outcome.failure for outcome in outcomes if outcome.failure],
        [other for outcome in outcomes for other in outcome.others],
        [calls for outcome in outcomes for calls in outcome.kept],
    )


def _report(
    exercise: Exercise, tests: Sequence[Declared], marked: Marked, diagnosis: Diagnosis | None
) -> ExerciseReport:
    results = tuple(_result(exercise, test, marked.outcomes[test.id], diagnosis) for test in tests)
    message = printable(marked.message) if marked.message else None
    return ExerciseReport(exercise.id, exercise.title, marked.status, results, message, marked.printed)


def _result(exercise: Exercise, test: Declared, outcome: Outcome, diagnosis: Diagnosis | None) -> TestResult:
    earned = test.points if outcome.verdict is Verdict.PASSED else Fraction(0)
    failure, message = outcome.failure, outcome.message
    if outcome.verdict is Verdict.BROKEN:
        message = BROKEN.format(what=message)
    result = TestResult(
        id=test.id,
        title=test.title,
        verdict=outcome.verdict,
        score=Score(earned, test.points),
        visibility=test.visibility,
        seconds=round(outcome.seconds, 3),
        message=printable(message) if message else None,
        counterexample=_counterexample(failure, exercise) if failure else None,
        diagnosis=diagnosis if failure else None,
        hint=diagnosis.hint if diagnosis and failure else None,
        printed=outcome.printed or None,
    )
    return shown(result)


def _counterexample(failure: Failure, exercise: Exercise) -> str | None:
    text = wording.counterexample(failure, exercise)
    return printable(text) if text else None


def shown(result: TestResult) -> TestResult:
    """The result as a student may see it: of a test that is not visible, the verdict alone."""
    if result.visibility is Visibility.VISIBLE:
        return result
    return replace(
        result,
        seconds=0.0,  # else a submission could tell by its time what it was given
        message=HIDDEN.get(result.verdict),
        counterexample=None,
        diagnosis=None,
        hint=None,
        printed=None,
    )
