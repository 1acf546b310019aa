"""What of a report its reader may see: the one place that decides what a hidden test gives away."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from grader.model.exercise import Exercise, Feedback
from grader.model.report import ExerciseReport, TestResult, Verdict, Visibility

UNTOLD: Mapping[Verdict, str] = {
    Verdict.FAILED: "The promise is not kept; the details of this test are not shown.",
    Verdict.BLOCKED: "Waits for another test.",
    Verdict.BROKEN: "This test is at fault, not your code. Please tell your instructor.",
}


def as_shown(report: ExerciseReport, exercise: Exercise, now: datetime) -> ExerciseReport:
    """The report as its reader may see it at the time `now`; no writer is given another.

    What every student holds, a test of `test_public.py`, is told in full. Of any other the exercise's
    `feedback` decides, once the test's own visibility allows to tell of it at all. Promises, verdicts and
    points are always told.
    """
    return replace(report, tests=tuple(_shown(test, exercise, now) for test in report.tests))


def is_in_sight(visibility: Visibility, exercise: Exercise, now: datetime) -> bool:
    """Whether more than the verdict may be told of a test."""
    if visibility is Visibility.AFTER_DUE_DATE:
        return exercise.due is not None and now >= exercise.due
    return visibility is Visibility.VISIBLE


def shows_inputs(test: TestResult, exercise: Exercise, now: datetime) -> bool:
    """Whether a student may see what the test gave to their code."""
    if is_in_sight(test.visibility, exercise, now) and test.is_public:
        return True
    # Who may read a strategy can draw the same inputs.
    is_open = is_in_sight(test.visibility, exercise, now) or test.has_public_strategy
    return is_open and exercise.feedback is Feedback.FULL


def _shown(test: TestResult, exercise: Exercise, now: datetime) -> TestResult:
    is_seen, has_inputs = is_in_sight(test.visibility, exercise, now), shows_inputs(test, exercise, now)
    if is_seen and has_inputs:
        return test
    names_mistake = is_seen and exercise.feedback is Feedback.DIAGNOSIS
    # Named field by field, so that a field that is added later is not told by mistake.
    return TestResult(
        id=test.id,
        title=test.title,
        verdict=test.verdict,
        score=test.score,
        visibility=test.visibility,
        is_public=test.is_public,
        has_public_strategy=test.has_public_strategy,
        message=UNTOLD.get(test.verdict),
        counterexample=test.counterexample if has_inputs else None,
        diagnosis=test.diagnosis if names_mistake else None,
        hint=test.hint if names_mistake else None,
        seconds=0.0,  # else a submission could tell by its time what it was given
    )
