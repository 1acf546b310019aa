"""What a report may tell: the one function that decides it, field by field."""

import ast
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grader
from grader.course import read_exercise
from grader.model.exercise import Exercise, Feedback
from grader.model.policy import as_shown, shows_inputs
from grader.model.report import Diagnosis, ExerciseReport, Status, TestResult, Verdict, Visibility
from grader.model.score import Score
from tests.conftest import SMALL, append

PACKAGE = Path(grader.__file__).parent
NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
SECRET = "planted"
TOLD = {"id", "title", "verdict", "score", "visibility", "is_public", "has_public_strategy"}
"""What is told of every test; all else may hold what a hidden test gave or wanted."""

FULL = TestResult(
    id="test_a",
    title="A promise.",
    verdict=Verdict.FAILED,
    score=Score(Fraction(0), Fraction(1)),
    seconds=3.25,
    message=SECRET,
    counterexample=SECRET,
    diagnosis=Diagnosis(SECRET, SECRET),
    hint=SECRET,
    printed=SECRET,
)


def exercise(feedback: Feedback = Feedback.FULL, due: datetime | None = None) -> Exercise:
    found, _ = read_exercise(SMALL / "exercises/toolbox")
    assert found
    return replace(found, feedback=feedback, due=due)


def shown(test: TestResult, of: Exercise) -> TestResult:
    report = ExerciseReport("e", "E", Status.GRADED, (test,))
    return as_shown(report, of, NOW).tests[0]


def told(test: TestResult) -> set[str]:
    """The fields that still hold the secret."""
    return {field.name for field in fields(test) if SECRET in str(getattr(test, field.name))}


def test_a_visible_test_is_told_in_full() -> None:
    assert shown(FULL, exercise()) == FULL


@pytest.mark.parametrize("feedback", Feedback)
def test_a_public_test_is_told_in_full_whatever_the_feedback(feedback: Feedback) -> None:
    public = replace(FULL, is_public=True)
    assert shown(public, exercise(feedback)) == public


def test_a_diagnosis_names_the_mistake_and_nothing_of_the_input() -> None:
    assert told(shown(FULL, exercise(Feedback.DIAGNOSIS))) == {"diagnosis", "hint"}


def test_a_verdict_is_the_verdict_alone() -> None:
    alone = shown(FULL, exercise(Feedback.VERDICT))
    assert not told(alone)
    assert (alone.verdict, alone.score, alone.seconds) == (FULL.verdict, FULL.score, 0.0)


@pytest.mark.parametrize("visibility", [Visibility.HIDDEN, Visibility.AFTER_DUE_DATE])
@pytest.mark.parametrize("feedback", Feedback)
@pytest.mark.parametrize("is_public", [True, False])
def test_what_is_out_of_sight_is_never_told(
    visibility: Visibility, feedback: Feedback, is_public: bool
) -> None:
    assert not told(shown(replace(FULL, visibility=visibility, is_public=is_public), exercise(feedback)))


@pytest.mark.parametrize(("hours", "is_told"), [(1, False), (0, True), (-1, True)])
def test_after_the_due_date_is_after_it(hours: int, is_told: bool) -> None:
    test = replace(FULL, visibility=Visibility.AFTER_DUE_DATE)
    assert (shown(test, exercise(due=NOW + timedelta(hours=hours))) == test) is is_told


@pytest.mark.parametrize(
    ("feedback", "fields_told"),
    [(Feedback.FULL, {"counterexample"}), (Feedback.DIAGNOSIS, set()), (Feedback.VERDICT, set())],
)
def test_a_public_strategy_shows_the_input_and_not_what_was_due(
    feedback: Feedback, fields_told: set[str]
) -> None:
    test = replace(FULL, visibility=Visibility.HIDDEN, has_public_strategy=True)
    assert told(shown(test, exercise(feedback))) == fields_told


def test_an_input_too_large_to_be_shown_is_not_handed_out_either() -> None:
    hidden = replace(FULL, visibility=Visibility.HIDDEN, counterexample=None)
    assert not shows_inputs(hidden, exercise(), NOW)
    assert not shows_inputs(replace(FULL, counterexample=None), exercise(Feedback.VERDICT), NOW)


@given(
    st.sampled_from(Visibility),
    st.sampled_from(Verdict),
    st.sampled_from(Feedback),
    st.booleans(),
    st.booleans(),
)
def test_promises_verdicts_and_points_are_always_told_and_showing_twice_is_showing_once(
    visibility: Visibility, verdict: Verdict, feedback: Feedback, public: bool, strategy: bool
) -> None:
    test = replace(
        FULL, visibility=visibility, verdict=verdict, is_public=public, has_public_strategy=strategy
    )
    once = shown(test, exercise(feedback))
    assert all(getattr(once, name) == getattr(test, name) for name in TOLD)
    assert shown(once, exercise(feedback)) == once


class TestReading:
    def read(self, course: Path, text: str) -> tuple[Exercise | None, list[str]]:
        append(course / "exercises/toolbox/exercise.yaml", f"\n{text}\n")
        found, findings = read_exercise(course / "exercises/toolbox")
        return found, [finding.rule for finding in findings]

    def test_an_exercise_says_what_it_tells(self, small_course: Path) -> None:
        found, rules = self.read(
            small_course, "feedback: verdict\ndue: 2027-02-01 23:59+01:00\nshow_solution: false"
        )
        assert found
        assert rules == []
        assert (found.feedback, found.shows_solution) == (Feedback.VERDICT, False)
        assert found.due == datetime(2027, 2, 1, 22, 59, tzinfo=UTC)

    @pytest.mark.parametrize("due", ["2027-02-01", "2027-02-01 23:59", "tomorrow", "2027-02-30 23:59+01:00"])
    def test_a_time_that_is_not_the_same_everywhere_is_a_finding(self, small_course: Path, due: str) -> None:
        assert self.read(small_course, f"due: {due}")[1] == ["bad-due-date"]

    def test_an_unknown_feedback_is_a_finding(self, small_course: Path) -> None:
        assert self.read(small_course, "feedback: everything")[1]


def test_no_report_is_made_anywhere_else() -> None:
    """Whoever makes a result himself would go round the policy."""
    makers = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id in ("TestResult", "ExerciseReport"):
                makers.add(path.relative_to(PACKAGE).as_posix())
    assert makers == {"grading.py", "model/policy.py"}
    marking = (PACKAGE / "grading.py").read_text("utf-8")
    assert "return Examined(as_shown(report," in marking
    assert marking.count("Examined(") == 1, "and there is one way out"
