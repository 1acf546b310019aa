"""The writers of a marking that are not formats of `grade`: one step at a time, and a table in a notebook."""

from dataclasses import replace
from fractions import Fraction

import pytest

from grader.model.report import Diagnosis, ExerciseReport, Report, State, Status, TestResult, Verdict
from grader.model.score import Score
from grader.report.json import to_json
from grader.report.step import to_step
from grader.report.table import to_table
from grader.report.terminal import to_terminal


def result(name: str, verdict: Verdict, message: str | None = None) -> TestResult:
    earned = Fraction(verdict is Verdict.PASSED)
    return TestResult(name, f"The promise of {name}.", verdict, Score(earned, Fraction(1)), message=message)


KEPT = result("kept", Verdict.PASSED)
FAILED = replace(
    result("failed", Verdict.FAILED, "`y`: expected <b>1</b>,\ngot 2."),
    counterexample="x = np.array([1 < 2])",
    diagnosis=Diagnosis("forgets <i>", "What is & for?"),
    printed="<script>alert(1)</script>",
)
BLOCKED = result("blocked", Verdict.BLOCKED, "Waits for: The promise of failed.")
REPORT = ExerciseReport("e", "E", Status.GRADED, (KEPT, FAILED, BLOCKED), notes=("A note & more.",))


def table(exercise: ExerciseReport = REPORT, **changes: object) -> str:
    return to_table(replace(Report("strict", (exercise,)), **changes))  # type: ignore[arg-type]


class TestTable:
    def test_each_promise_is_a_row_with_its_verdict_and_points(self) -> None:
        assert table().count("<tr>") == 3
        assert "✓ kept" in table()
        assert "1/1" in table()
        assert "E</b> · 1 / 3 points" in table()

    def test_text_of_a_submission_is_never_markup(self) -> None:
        text = table()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert "expected &lt;b&gt;1&lt;/b&gt;,<br>got 2." in text
        assert "x = np.array([1 &lt; 2])" in text
        assert "code that forgets &lt;i&gt;.<br>What is &amp; for?" in text
        assert not any(tag in text for tag in ("<script", "<i>", "1 < 2"))

    def test_a_submission_that_cannot_be_used_has_its_sentence_and_no_rows(self) -> None:
        unreadable = replace(
            REPORT, status=Status.UNREADABLE, message="SyntaxError at <cell>", printed="so far"
        )
        assert "SyntaxError at &lt;cell&gt;" in table(unreadable)
        assert "so far" in table(unreadable)
        assert "<tr>" not in table(unreadable)

    def test_what_does_not_count_or_was_refused_is_told(self) -> None:
        assert "does not count" in table(counts=False)
        assert "no walls" in table(state=State.REFUSED, message="no walls")


class TestStep:
    def step(self, exercise: ExerciseReport = REPORT, shown: int = 0) -> str:
        failing = [test for test in exercise.tests if test.verdict is not Verdict.PASSED]
        return to_step(exercise, failing, shown, solved=2, exercises=5)

    def test_it_shows_one_promise_and_where_the_course_stands(self) -> None:
        text = self.step()
        assert "The promise of failed." in text
        assert "This behaves like code that forgets <i>." in text
        assert "The promise of blocked." not in text
        assert "1 of 3 promises kept; shown: 1 of 2 to go" in text
        assert "■■□□□  2 of 5 exercises solved" in text
        assert "A note & more." in text

    def test_the_next_one_is_shown_when_asked_for(self) -> None:
        assert "The promise of blocked." in self.step(shown=1)

    def test_when_all_are_kept_it_says_so(self) -> None:
        assert "Every promise is kept." in self.step(replace(REPORT, tests=(KEPT,)))

    def test_why_nothing_was_tried_is_all_that_is_said(self) -> None:
        text = self.step(replace(REPORT, status=Status.UNREADABLE, message="SyntaxError at line 1"))
        assert "SyntaxError at line 1" in text
        assert "The promise" not in text


@pytest.mark.parametrize("write", [to_terminal, to_json, to_table])
def test_every_writer_says_that_a_run_does_not_count(write: object) -> None:
    report = Report("none", (REPORT,), counts=False)
    assert callable(write)
    assert "does not count" in write(report) or '"counts": false' in write(report)
    assert '"score": null' in to_json(report)
