"""Marks a submission: from what a student handed in to a report."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from types import TracebackType
from typing import Self

from grader.course import catalog
from grader.engine import wording
from grader.engine.bench import SHRINK_SECONDS
from grader.engine.declared import Declared
from grader.engine.diagnosis import Suspects
from grader.engine.run import Marked, Outcome
from grader.engine.session import Session
from grader.engine.tape import Failure
from grader.model.exercise import Exercise
from grader.model.policy import as_shown, is_in_sight, shows_inputs
from grader.model.report import Diagnosis, ExerciseReport, Status, TestResult, Verdict
from grader.model.score import Score
from grader.sandbox.client import Sandbox
from grader.sandbox.text import printable
from grader.slicing import for_exercise
from grader.submission import Source, UnreadableError

NOTHING = "Nothing was handed in for this exercise."
BROKEN = "This test is at fault, not your code: {what}. Please tell your instructor."
PUBLIC_ONLY = "These are the public tests. The points come from hidden tests, which run where you hand in."


@dataclass(frozen=True, slots=True)
class Examined:
    """A report with the failures whose inputs its reader may see, by the id of their test."""

    report: ExerciseReport
    failures: dict[str, Failure]


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


def _now() -> datetime:
    return datetime.now(UTC)


class Marker:
    """Marks one submission after another for an exercise, whose tests are collected once; a context manager.

    What it returns has gone through `grader.model.policy`: nothing else of a marking leaves this module.
    Where an input that breaks a promise is long, a shorter one is looked for, `shrink_seconds` at most.

    Raises:
        ContentError: the exercise's tests cannot be used.
    """

    def __init__(
        self,
        exercise: Exercise,
        sandbox: Sandbox,
        *,
        clock: Callable[[], datetime] = _now,
        shrink_seconds: float = SHRINK_SECONDS,
    ) -> None:
        self._exercise = exercise
        self._clock = clock
        mistakes, _ = catalog(exercise)
        self._suspects = Suspects(exercise, mistakes, sandbox)
        self._session = Session(exercise, sandbox, shrink_seconds=shrink_seconds)

    def grade(self, source: Source | UnreadableError | None) -> ExerciseReport:
        """The report on one submission; None is one that is not there."""
        return self.examine(source).report

    def examine(self, source: Source | UnreadableError | None) -> Examined:
        """The report on one submission, with the failures that it may show."""
        tests, now, notes = self._session.tests, self._clock(), self._notes()
        diagnosis = None
        if isinstance(source, Source):
            source, told = for_exercise(source, self._exercise)
            notes += told
            marked = self._session.mark(source)
            diagnosis = self._diagnosis(tests, marked, now)
        else:
            marked = _unmarked(tests, source)
        report = _report(self._exercise, tests, marked, diagnosis, notes)
        failures = {
            test.id: failure
            for test in report.tests
            if (failure := marked.outcomes[test.id].failure) and shows_inputs(test, self._exercise, now)
        }
        return Examined(as_shown(report, self._exercise, now), failures)

    def _notes(self) -> tuple[str, ...]:
        return () if self._exercise.hidden_tests in self._exercise.test_files else (PUBLIC_ONLY,)

    def _diagnosis(self, tests: Sequence[Declared], marked: Marked, now: datetime) -> Diagnosis | None:
        # Not what failed out of sight: the diagnosis would tell of it.
        seen = [test for test in tests if is_in_sight(test.visibility, self._exercise, now)]
        return self._suspects.diagnose([marked.outcomes[test.id].tried for test in seen])

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


# --- all that is known, for `as_shown` to choose from ------------------------------------------------------


def _report(
    exercise: Exercise,
    tests: Sequence[Declared],
    marked: Marked,
    diagnosis: Diagnosis | None,
    notes: tuple[str, ...],
) -> ExerciseReport:
    results = tuple(_result(exercise, test, marked.outcomes[test.id], diagnosis) for test in tests)
    message = printable(marked.message) if marked.message else None
    return ExerciseReport(exercise.id, exercise.title, marked.status, results, message, marked.printed, notes)


def _result(exercise: Exercise, test: Declared, outcome: Outcome, diagnosis: Diagnosis | None) -> TestResult:
    earned = test.points if outcome.verdict is Verdict.PASSED else Fraction(0)
    failure, message = outcome.failure, outcome.message
    if outcome.verdict is Verdict.BROKEN:
        message = BROKEN.format(what=message)
    return TestResult(
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
        is_public=not test.is_hidden,
        has_public_strategy=test.has_public_strategy,
    )


def _counterexample(failure: Failure, exercise: Exercise) -> str | None:
    text = wording.counterexample(failure, exercise)
    return printable(text) if text else None
