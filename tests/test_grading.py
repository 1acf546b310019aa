"""From the text of a submission to its report: verdicts, scores and what a student reads."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.course import catalog, load_exercises
from grader.grading import grade, grade_all
from grader.model.exercise import Exercise
from grader.model.report import ExerciseReport, Report, Status, TestResult, Verdict
from grader.report.json import to_json
from grader.report.terminal import to_terminal
from grader.sandbox.client import Sandbox
from grader.submission import Source, UnreadableError, read_source
from tests.conftest import Grade, append

DOUBLE = "test_double_is_twice_x"
SPLIT = "test_split_takes_the_whole_part"
JOIN = "test_join_undoes_split"
TALLY = "test_tally_counts_on"
CLIMB = "test_climb_finds_the_top"


def verdicts(report: ExerciseReport) -> dict[str, str]:
    return {test.id: str(test.verdict) for test in report.tests}


def result_of(report: ExerciseReport, name: str) -> TestResult:
    return next(test for test in report.tests if test.id == name)


def message(report: ExerciseReport, name: str = DOUBLE) -> str:
    return result_of(report, name).message or ""


def replaced(reference: str, function: str) -> str:
    """The reference with one function defined anew at its end."""
    return f"{reference}\n\n{function}\n"


@pytest.fixture
def with_double(graded: Grade, toolbox_reference: str) -> Any:
    """Grades the reference with another `double`."""
    return lambda function: graded(replaced(toolbox_reference, function))


class TestVerdicts:
    def test_the_reference_earns_full_marks(self, graded: Grade, toolbox_reference: str) -> None:
        report = graded(toolbox_reference)
        assert report.status is Status.GRADED
        assert report.score.is_full
        assert report.is_kept

    def test_a_stub_earns_nothing_and_says_so_in_one_sentence_a_test(
        self, toolbox: Exercise, sandbox: Sandbox
    ) -> None:
        report = grade(toolbox, read_source(toolbox.stub), sandbox)
        assert report.score.earned == 0
        tried = [test for test in report.tests if test.verdict is Verdict.FAILED and test.id != CLIMB]
        assert all("is not written yet" in (test.message or "") for test in tried)
        assert all(test.counterexample is None for test in report.tests)

    def test_every_mistake_loses_points_and_is_named(self, toolbox: Exercise, sandbox: Sandbox) -> None:
        mistakes, _ = catalog(toolbox)
        reports = grade_all(toolbox, [Source(m.source, m.name) for m in mistakes], sandbox)
        for mistake, report in zip(mistakes, reports, strict=True):
            assert not report.score.is_full, mistake.name
            named = {test.diagnosis.mistake for test in report.tests if test.diagnosis}
            hidden = {test.id for test in report.tests if test.verdict is Verdict.FAILED} <= {CLIMB}
            assert named == (set() if hidden else {mistake.name})

    def test_what_needs_a_broken_promise_is_blocked(self, with_double: Any) -> None:
        report = with_double("def split(x): return 99, x")
        assert verdicts(report)[SPLIT] == "failed"
        assert verdicts(report)[JOIN] == "blocked"
        assert result_of(report, JOIN).score.earned == 0
        assert message(report, JOIN) == "Waits for: `low` is the largest whole number up to x."

    def test_a_promise_with_parameters_is_one_promise(self, with_double: Any) -> None:
        report = with_double("def climb(height, steps): return height(0)")
        assert [test.id for test in report.tests].count(CLIMB) == 1
        assert result_of(report, CLIMB).verdict is Verdict.FAILED

    def test_points_may_be_fractions(self, graded: Grade, toolbox_reference: str) -> None:
        report = Report("process", (graded(toolbox_reference),))
        assert json.loads(to_json(report))["score"] == {"earned": 5.5, "possible": 5.5}


class TestSentences:
    """The ladder: what a student reads, only as far as needed."""

    @pytest.mark.parametrize(
        ("function", "sentence"),
        [
            ("def double(x): return 2 * x", "`double` should return 2 values (`y`, `total`), got an array"),
            ("def double(x): return 2 * x, 1.0, 2", "should return 2 values (`y`, `total`), got 3"),
            ("def double(x): return None", "got None"),
            (
                "def double(x): return list(2 * x), float(sum(2 * x))",
                "`y` should be an array of shape (N,), got a list",
            ),
            ("def double(x): return 2 * x, '0'", "`total` should be a float, got a str"),
            ("def double(x): return 2 * x[:, None], 0.0", "`y` should have shape (N,) = (0,), got (0, 1)"),
            (
                "def double(x): return (2 * x).astype(int), 0.0",
                "`y` should hold numbers of kind float, got int64",
            ),
            ("def double(x): return (2 * x).astype('f4'), 0.0", "float32"),
            ("def double(x): return 2 * x + float('nan'), 0.0", "expected 0, got nan"),
            ("def double(x):\n    x *= 2\n    return x, float(x.sum())", "`x` was changed in place"),
            ("def double(x): return 4 * x, float(4 * x.sum())", "2 times"),
            ("def double(x): return -2 * x, float(2 * x.sum())", "only the sign differs"),
            (
                "def double(x): return x, float(2 * x.sum())",
                "It shares its memory with `x`: writing into one changes the other.",
            ),
            ("def double(x): return 1 / 0", "`double` raised ZeroDivisionError: division by zero at line"),
            ("def double(x): return (i for i in x)", "returned a value of type `generator`"),
            ("def double(x):\n    while True: pass", "still running at the time limit"),
            ("def double(x):\n    import os; os._exit(0)", "exited with status 0"),
            ("def double(x): return bytearray(2**32)", "more memory than the limit of 512 MiB"),
            ("del double", "`double` is not defined in the submission"),
            ("doubel = double\ndel double", "Is it `doubel`, under another name?"),
            ("def double(a, b): return a, b", "TypeError"),
        ],
    )
    def test_each_failure_has_its_own(self, with_double: Any, function: str, sentence: str) -> None:
        report = with_double(function)
        assert verdicts(report)[DOUBLE] == "failed"
        assert sentence in message(report)
        assert verdicts(report)[TALLY] == "passed", "the rest is graded as if nothing had happened"

    def test_an_exception_quotes_the_students_line(self, with_double: Any) -> None:
        assert "return x + undefined" in message(with_double("def double(x):\n    return x + undefined"))

    def test_the_smallest_input_can_be_pasted(self, with_double: Any) -> None:
        report = with_double("def double(x): return 2 * abs(x), 2 * float(abs(x).sum())")
        shown = result_of(report, DOUBLE).counterexample or ""
        assert re.fullmatch(r"x = np\.array\(\[-\d\.0\]\)\ndouble\(x\)", shown)

    def test_a_model_is_shown_by_what_it_answered(self, graded: Grade, toolbox_reference: str) -> None:
        text = replaced(toolbox_reference, "def climb(height, steps): return height(0) - 1")
        assert result_of(graded(text), CLIMB).counterexample is None, "the test is hidden"

    def test_of_a_hidden_test_only_the_verdict_is_told(self, with_double: Any) -> None:
        report = with_double("def climb(height, steps):\n    print(steps)\n    raise ValueError(steps)")
        hidden = result_of(report, CLIMB)
        assert hidden.message == "The promise is not kept; the details of this test are not shown."
        assert (hidden.counterexample, hidden.diagnosis, hidden.hint, hidden.printed) == (None,) * 4
        assert hidden.seconds == 0, "a submission could speak by its time"

    def test_prints_are_shown_with_the_test(self, with_double: Any) -> None:
        report = with_double("def tally(state, step):\n    print('counting', step)\n    return 0")
        assert result_of(report, TALLY).printed == "counting 2\n"
        assert "counting 2" in to_terminal(Report("process", (report,)))


class TestOtherStyles:
    """A correct submission may look as it likes."""

    @pytest.mark.parametrize(
        "text",
        [
            "import numpy as np\ndef double(x):\n    y = np.array([2 * v for v in x], dtype=x.dtype)\n"
            "    return y, np.float64(y.sum())",
            "def double(x): return [2 * x, 2 * x.sum()]",
            "import collections\nR = collections.namedtuple('R', 'y total')\n"
            "def double(x): return R(2 * x, 2 * x.sum())",
            "import warnings\ndef double(x):\n    warnings.warn('deprecated')\n    print('hello')\n"
            "    return 2 * x, (2 * x).sum()",
            "class Doubler:\n    def __call__(self, x): return 2 * x, float(2 * x.sum())\ndouble = Doubler()",
            "double = lambda x: (x + x, 2.0 * sum(x, 0.0))",
            "import numpy as np\ndef double(x): return 2 * x, np.array(2 * x.sum())",
            "def double(x): return 2 * x, int(2 * x.sum())",
            "import sys\nsys.setrecursionlimit(5000)\ndef double(x): return 2 * x, 2 * x.sum()\n"
            "if __name__ == '__main__':\n    raise SystemExit",
        ],
        ids=["loops", "list", "named tuple", "noise", "class", "lambda", "0-d array", "int", "main"],
    )
    def test_it_passes(self, with_double: Any, text: str) -> None:
        report = with_double(text)
        assert report.is_kept, [test.message for test in report.tests]

    def test_a_byte_order_mark_and_windows_line_ends_pass(
        self, toolbox: Exercise, toolbox_reference: str, sandbox: Sandbox, tmp_path: Path
    ) -> None:
        path = tmp_path / "toolbox.py"
        path.write_bytes(b"\xef\xbb\xbf" + toolbox_reference.replace("\n", "\r\n").encode())
        assert grade(toolbox, read_source(path), sandbox).is_kept


def test_an_exercise_that_allows_packages_lets_them_be_imported(
    toolbox: Exercise, sandbox: Sandbox, toolbox_reference: str
) -> None:
    source = Source("import yaml\n" + toolbox_reference, "toolbox.py")
    allowing = replace(toolbox, limits=replace(toolbox.limits, packages=True))
    assert grade(allowing, source, sandbox).score.is_full
    if sandbox.isolation == "strict":
        assert "not available" in (grade(toolbox, source, sandbox).message or "")


class TestUnusable:
    @pytest.mark.parametrize(
        ("text", "status", "told"),
        [
            (
                "x = 1\ndef double(x:\n    pass\n",
                Status.UNREADABLE,
                "SyntaxError: '(' was never closed at line 2",
            ),
            ("import no_such_module", Status.UNREADABLE, "ModuleNotFoundError: "),
            ("raise SystemExit(0)", Status.UNREADABLE, "SystemExit"),
            ("import os; os._exit(0)", Status.STOPPED, "exited with status 0"),
            ("while True: pass", Status.STOPPED, "still running at the time limit"),
        ],
    )
    def test_every_test_is_listed_with_a_sentence(
        self, graded: Grade, text: str, status: Status, told: str
    ) -> None:
        report = graded(text)
        assert report.status is status
        assert told in (report.message or "")
        assert len(report.tests) == 6
        assert {test.verdict for test in report.tests} == {Verdict.FAILED}
        assert all(test.message for test in report.tests)
        assert "Traceback" not in to_terminal(Report("process", (report,)))

    def test_what_it_printed_on_the_way_is_shown(self, graded: Grade) -> None:
        report = graded("print('so far')\nimport no_such_module")
        assert report.printed == "so far\n"
        assert "so far" in to_terminal(Report("process", (report,)))

    def test_nothing_handed_in_is_told_apart(self, toolbox: Exercise, sandbox: Sandbox) -> None:
        report = grade(toolbox, None, sandbox)
        assert report.status is Status.NOT_SUBMITTED
        assert report.score.earned == 0
        assert report.score.possible > 0

    def test_a_file_that_is_no_text_is_told_apart(self, toolbox: Exercise, sandbox: Sandbox) -> None:
        report = grade(toolbox, UnreadableError("`a.py` is not UTF-8 text (line 1)."), sandbox)
        assert report.status is Status.UNREADABLE
        assert report.message == "`a.py` is not UTF-8 text (line 1)."

    def test_the_time_for_the_whole_exercise_is_bounded(self, small_course: Path, sandbox: Sandbox) -> None:
        path = small_course / "exercises" / "toolbox" / "exercise.yaml"
        text = path.read_text("utf-8").replace(
            "seconds: 2, total_seconds: 20", "seconds: 1, total_seconds: 1"
        )
        path.write_text(text, "utf-8")
        exercise = load_exercises(small_course)["toolbox"]
        loop = "def double(x):\n    while True: pass\nsplit = join = tally = climb = double"
        report = grade(exercise, Source(loop, "toolbox.py"), sandbox)
        assert report.status is Status.STOPPED
        assert any("time for the whole exercise" in (test.message or "") for test in report.tests)

    def test_the_time_that_tests_out_of_sight_take_is_not_missed_by_others(
        self, small_course: Path, sandbox: Sandbox, toolbox_reference: str
    ) -> None:
        """Else what is left for the last one that is seen would tell what the hidden ones were given."""
        contract = small_course / "exercises/toolbox/exercise.yaml"
        text = contract.read_text("utf-8").replace("total_seconds: 20", "total_seconds: 2")
        contract.write_text(text, "utf-8")
        tests = small_course / "solutions/toolbox/test_hidden.py"
        later = (
            '\n\ndef test_again(student):\n    """`split` can be asked again."""\n    student.split(1.5)\n'
        )
        append(tests, later)
        loop = replaced(toolbox_reference, "def climb(height, steps):\n    while True: pass")
        exercise = load_exercises(small_course)["toolbox"]
        report = grade(exercise, Source(loop, "toolbox.py"), sandbox)
        assert [test.id for test in report.tests][-2:] == [CLIMB, "test_again"]
        assert verdicts(report) == {**dict.fromkeys(verdicts(report), "passed"), CLIMB: "failed"}


class TestBroken:
    """A fault of ours is never charged to a student, and never a gift."""

    def test_a_test_that_stumbles_over_an_odd_value_fails_the_student(
        self, small_course: Path, sandbox: Sandbox
    ) -> None:
        tests = small_course / "solutions" / "toolbox" / "test_hidden.py"
        text = tests.read_text("utf-8").replace('state.get("count")', 'state["count"]')
        tests.write_text(text, "utf-8")
        exercise = load_exercises(small_course)["toolbox"]
        report = grade(
            exercise, Source("def tally(state, step):\n    state.clear()\n    return 5", "t.py"), sandbox
        )
        assert result_of(report, TALLY).verdict is Verdict.FAILED

    def test_a_test_that_fails_the_reference_too_is_broken(
        self, small_course: Path, sandbox: Sandbox, toolbox_reference: str
    ) -> None:
        tests = small_course / "solutions" / "toolbox" / "test_hidden.py"
        added = '\n\n@pytest.mark.points(1)\ndef test_ours(student):\n    """We err."""\n    undefined_name\n'
        tests.write_text(tests.read_text("utf-8") + added, "utf-8")
        exercise = load_exercises(small_course)["toolbox"]
        report = grade(exercise, Source(toolbox_reference, "toolbox.py"), sandbox)
        broken = result_of(report, "test_ours")
        assert broken.verdict is Verdict.BROKEN
        assert broken.score.earned == 0
        assert broken.message is not None
        assert broken.message.startswith("This test is at fault, not your code: it raised NameError.")
        assert json.loads(to_json(Report("process", (report,))))["exercises"][0]["broken"] is True

    def test_a_value_that_a_test_assumes_away_is_the_submissions_failure(
        self, small_course: Path, sandbox: Sandbox, toolbox_reference: str
    ) -> None:
        assuming = """
from hypothesis import assume


@pytest.mark.points(1)
@given(st.integers(1, 9).map(float))
def test_assuming(student, reference, x):
    'The whole part is that of the reference, where there is one.'
    low, _ = student.split(x)
    assume(low < 100)
    assert_equal(low, reference.split(x)[0], name="low")
"""
        append(small_course / "solutions/toolbox/test_hidden.py", assuming)
        exercise = load_exercises(small_course)["toolbox"]
        evading = replaced(toolbox_reference, "def split(x): return (1 if x == 1 else 100), x")
        sources = [Source(text, "toolbox.py") for text in (toolbox_reference, evading)]
        right, wrong = grade_all(exercise, sources, sandbox)
        assert verdicts(right)["test_assuming"] == "passed"
        assert verdicts(wrong)["test_assuming"] == "failed"
        assert message(wrong, "test_assuming") == "The result is nothing that this promise can be held to."

    def test_a_test_that_catches_too_much_passes_nobody_without_a_result(
        self, small_course: Path, sandbox: Sandbox, toolbox_reference: str
    ) -> None:
        catching = """

@pytest.mark.points(1)
def test_catching(student):
    'Anything but a result.'
    with pytest.raises(Exception):
        student.split(1.5)
"""
        append(small_course / "solutions/toolbox/test_hidden.py", catching)
        exercise = load_exercises(small_course)["toolbox"]
        ways = ("del split", "def split(x): return None", "def split(x): return (i for i in 'ab')")
        sources = [Source(replaced(toolbox_reference, way), "toolbox.py") for way in ways]
        for report in grade_all(exercise, sources, sandbox):
            assert verdicts(report)["test_catching"] == "failed"

    def test_a_test_may_say_that_it_fails(
        self, small_course: Path, sandbox: Sandbox, toolbox_reference: str
    ) -> None:
        saying = """

@pytest.mark.points(1)
def test_saying(student):
    'Half of two is one.'
    if student.split(1.0)[0] != 1:
        pytest.fail("the whole part of 1 is 1")
"""
        append(small_course / "solutions/toolbox/test_hidden.py", saying)
        wrong = Source(replaced(toolbox_reference, "def split(x): return 2, x"), "toolbox.py")
        report = grade(load_exercises(small_course)["toolbox"], wrong, sandbox)
        assert verdicts(report)["test_saying"] == "failed"
        assert message(report, "test_saying") == "The whole part of 1 is 1."

    def test_a_number_that_python_will_not_write_costs_its_own_test(
        self, small_course: Path, sandbox: Sandbox, toolbox_reference: str
    ) -> None:
        writing = """

@pytest.mark.points(1)
def test_writing(student):
    'The power is 1.'
    power = student.split(1.0)[0] ** 20
    if power != 1:
        raise AssertionError(power)
"""
        append(small_course / "solutions/toolbox/test_hidden.py", writing)
        wrong = Source(replaced(toolbox_reference, "def split(x): return 10**399, x"), "toolbox.py")
        report = grade(load_exercises(small_course)["toolbox"], wrong, sandbox)
        assert message(report, "test_writing") == "The result could not be used."
        assert verdicts(report)[DOUBLE] == "passed"


class TestReports:
    def test_the_same_submission_gives_the_same_report(self, graded: Grade, toolbox_reference: str) -> None:
        text = replaced(toolbox_reference, "def double(x): return 3 * x, 0.0")

        def stable(report: ExerciseReport) -> Any:
            tree = json.loads(to_json(Report("process", (report,))))
            for test in tree["exercises"][0]["tests"]:
                test.pop("seconds")
            return tree

        assert stable(graded(text)) == stable(graded(text))

    def test_json_is_strict_and_has_the_fields_of_version_1(self, graded: Grade) -> None:
        text = to_json(Report("process", (graded("def double(x): return float('nan'), float('inf')"),)))
        tree = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} in JSON"))
        assert tree["version"] == 1
        assert list(tree) == ["version", "status", "message", "isolation", "counts", "score", "exercises"]
        exercise = tree["exercises"][0]
        assert {"id", "score", "status", "tests"} <= exercise.keys()
        fields = {"id", "title", "verdict", "score", "visibility", "seconds", "message", "counterexample"}
        assert fields | {"diagnosis", "hint"} <= exercise["tests"][0].keys()

    def test_text_of_a_submission_cannot_drive_the_terminal(self, with_double: Any) -> None:
        report = with_double(
            "def double(x):\n    print('\\x1b[2J')\n    raise ValueError('\\x1b]0;owned\\x07')"
        )
        assert "\x1b" not in to_terminal(Report("process", (report,)))
