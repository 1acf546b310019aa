"""What an author declares above a test, and what becomes of a test whose author made a slip."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from grader.course import load_exercises
from grader.engine.declared import Declared
from grader.engine.session import mark_all
from grader.errors import ContentError, Finding
from grader.model.exercise import Exercise
from grader.model.report import Verdict, Visibility
from grader.sandbox.client import Sandbox
from grader.submission import read_source

HEAD = '"""Hidden tests."""\n\nimport pytest\n\nfrom grader.testing import assert_equal\n\n\n'
GOOD = '''\
@pytest.mark.points("3/2")
@pytest.mark.visibility("after_due_date")
@pytest.mark.limits(seconds=1, memory=2**29)
def test_counts(student):
    """The count
    goes on.

    The rest is for authors.
    """
    assert_equal(student.tally({}, 1), 1, name="count")
'''
OTHER = '''

@pytest.mark.points(1)
def test_other(student):
    """Other."""
    student.tally({}, 1)
'''

Course = Callable[[str], Exercise]


@pytest.fixture
def course(small_course: Path) -> Course:
    """The small course with other hidden tests."""

    def course(tests: str) -> Exercise:
        (small_course / "solutions/toolbox/test_hidden.py").write_text(HEAD + tests, "utf-8")
        return load_exercises(small_course)["toolbox"]

    return course


def hidden(exercise: Exercise, sandbox: Sandbox) -> Declared:
    tests, _ = mark_all(exercise, [], sandbox)
    return next(test for test in tests if test.id == "test_counts")


def refused(exercise: Exercise, sandbox: Sandbox) -> Finding:
    with pytest.raises(ContentError) as caught:
        mark_all(exercise, [], sandbox)
    assert len(caught.value.findings) == 1
    return caught.value.findings[0]


def test_a_promise_is_the_first_paragraph_and_the_markers_say_the_rest(
    course: Course, sandbox: Sandbox
) -> None:
    test = hidden(course(GOOD), sandbox)
    assert (test.id, test.title, test.points) == ("test_counts", "The count goes on.", Fraction(3, 2))
    assert (test.visibility, test.line, test.fault) == (Visibility.AFTER_DUE_DATE, 8, None)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('points("3/2")', 'points("half")', "`points` should be a number"),
        ('points("3/2")', "points(-1)", "`points` should be a number"),
        ('points("3/2")', "points(float('nan'))", "`points` should be a number"),
        ('points("3/2")', "points(1, 2)", "`points` should be a number"),
        ('points("3/2")', "points", "`points` should be a number"),
        ('"after_due_date"', '"after"', "`visibility` should be one of `visible`"),
        ("seconds=1", "secnds=1", "`limits` takes `seconds=` and `memory=`"),
        ("seconds=1", "seconds=0", "`limits` takes `seconds=` and `memory=`"),
        ("seconds=1, memory=2**29", "1", "`limits` takes `seconds=` and `memory=`"),
        ("def test", "@pytest.mark.skip\ndef test", "marked `skip`"),
        ("def test", "@pytest.mark.xfail\ndef test", "marked `xfail`"),
        ("def test", "@pytest.mark.skipif(False, reason='no')\ndef test", "marked `skipif`"),
        ("test_counts", "test_zero_doubled_is_zero", "another test of the exercise has the same name"),
    ],
)
def test_a_slip_is_named_and_earns_nobody_anything(
    course: Course, sandbox: Sandbox, old: str, new: str, fault: str
) -> None:
    other = (
        '\n\n@pytest.mark.points(1)\ndef test_other(student):\n    """Other."""\n    student.tally({}, 1)\n'
    )
    exercise = course(GOOD.replace(old, new) + other)
    tests, (marked,) = mark_all(exercise, [read_source(Path(str(exercise.reference)))], sandbox)
    (faulty,) = (test for test in tests if test.fault)
    assert fault in str(faulty.fault)
    assert marked.outcomes[faulty.id].verdict is Verdict.BROKEN
    assert marked.outcomes["test_other"].verdict is Verdict.PASSED


@pytest.mark.parametrize("holder", ["", "class TestAgain:\n    "])
def test_two_tests_of_one_name_do_not_pass_for_one(course: Course, sandbox: Sandbox, holder: str) -> None:
    twin = f"{holder}def test_counts({'self, ' if holder else ''}student): student.tally({{}}, 1)\n"
    assert hidden(course(f"{OTHER}{GOOD}\n\n{twin}"), sandbox).fault


@pytest.mark.parametrize(
    ("tests", "line", "what"),
    [
        ("import no_such_module\n", 8, "No module named 'no_such_module'"),
        ("raise SystemExit(0)\n", 8, "SystemExit leaves the file"),
        ("pytest.exit('enough')\n", 8, "Exit: enough"),
        ("pytest.skip('not today', allow_module_level=True)\n", 1, "no hidden test carries points"),
        (GOOD.replace('points("3/2")', "pionts(1)"), 1, "'pionts' not found in `markers`"),
        ("def test_counts(student:\n", 8, "SyntaxError"),
        (GOOD.replace('@pytest.mark.points("3/2")\n', ""), 1, "no hidden test carries points"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_finding_with_its_line(
    course: Course, sandbox: Sandbox, tests: str, line: int, what: str
) -> None:
    finding = refused(course(tests), sandbox)
    assert finding.path.name == "test_hidden.py"
    assert (finding.line, what in finding.what) == (line, True), finding
    assert finding.rule in ("tests-unreadable", "no-hidden-tests")


def test_a_solution_without_hidden_tests_cannot_be_marked_with(small_course: Path, sandbox: Sandbox) -> None:
    (small_course / "solutions/toolbox/test_hidden.py").unlink()
    assert refused(load_exercises(small_course)["toolbox"], sandbox).rule == "no-hidden-tests"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("pytest.skip('not today')", "it skips itself"),
        ("pytest.exit('enough')", "it raised Exit"),
        ("raise SystemExit", "it raised SystemExit"),
        ("assert student.tally({}, 1) == 2", "it raised AssertionError"),
        ("1 / 0", "it raised ZeroDivisionError"),
        ("student.nothing()", "it raised AttributeError"),
    ],
)
def test_a_test_that_fails_everybody_is_broken(
    course: Course, sandbox: Sandbox, body: str, reason: str
) -> None:
    exercise = course(f'@pytest.mark.points(1)\ndef test_counts(student):\n    """Counts."""\n    {body}\n')
    _, (marked,) = mark_all(exercise, [read_source(Path(str(exercise.reference)))], sandbox)
    outcome = marked.outcomes["test_counts"]
    assert outcome.verdict is Verdict.BROKEN
    assert reason in str(outcome.message)


def test_ctrl_c_is_no_result(course: Course, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = course(GOOD.replace("assert_equal", "raise KeyboardInterrupt\n    assert_equal", 2))
    with pytest.raises(KeyboardInterrupt):
        mark_all(exercise, [read_source(exercise.stub)], sandbox)
