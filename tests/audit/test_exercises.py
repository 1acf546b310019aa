"""The audit of exercises: each rule fires on a course that breaks it, and all are silent on a good one."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.audit.exercises import Audited, audit_exercise
from grader.audit.pages import rule_pages
from tests.conftest import REPOSITORY

TESTS = "solutions/toolbox/test_hidden.py"
MISTAKES = "solutions/toolbox/mistakes.py"
REFERENCE = "solutions/toolbox/toolbox.py"
STUB = "exercises/toolbox/toolbox.py"
YAML = "exercises/toolbox/exercise.yaml"

Break = Callable[[Path], None]


def audited(course: Path) -> Audited:
    return audit_exercise(course / "exercises" / "toolbox")


def replacing(name: str, old: str, new: str) -> Break:
    def change(course: Path) -> None:
        text = (course / name).read_text("utf-8")
        assert old in text
        (course / name).write_text(text.replace(old, new), "utf-8")

    return change


def adding(name: str, text: str) -> Break:
    def change(course: Path) -> None:
        (course / name).write_text((course / name).read_text("utf-8") + text, "utf-8")

    return change


def writing(name: str, data: bytes) -> Break:
    def change(course: Path) -> None:
        (course / name).write_bytes(data)

    return change


def removing(name: str) -> Break:
    return lambda course: (course / name).unlink()


IDLE = '\n\n@pytest.mark.points(1)\ndef test_calls_it(student):\n    """It can be called."""\n    {body}\n'
TRIES = "try: student.tally({}, 1)\n    except Exception as error: assert 'tally' not in str(error)"

BROKEN: dict[str, list[Break]] = {
    "stub-passes": [adding(TESTS, IDLE.format(body="pass"))],
    "reference-fails": [replacing(REFERENCE, '    return state["count"]', "    return None")],
    "mistake-survives": [
        adding(
            MISTAKES,
            '\n\n@mistake("does the same", hint="h")\ndef double(x):\n    return 2 * x, float(2 * x.sum())\n',
        )
    ],
    "test-catches-nothing": [adding(TESTS, IDLE.format(body=TRIES))],
    "test-without-promise": [replacing(TESTS, '    """The count goes on from where it was."""\n', "")],
    "test-without-points": [
        replacing(TESTS, "@pytest.mark.points(1)\ndef test_tally", "def test_tally"),
        replacing(
            "exercises/toolbox/test_public.py",
            "def test_zero",
            "import pytest\n\n\n@pytest.mark.points(1)\ndef test_zero",
        ),
    ],
    "test-at-fault": [adding(TESTS, "\n\ndef test_tally_counts_on(student): student.tally({}, 1)\n")],
    "test-stumbles": [
        replacing(
            TESTS,
            "assert_equal(student.tally(state, 2), 5, ",
            "assert_equal({5: 5}[student.tally(state, 2)], 5, ",
        )
    ],
    "no-hidden-tests": [writing(TESTS, b"def test_idle(student):\n    student.double(1)\n")],
    "unknown-need": [replacing(TESTS, 'needs("test_split_takes_the_whole_part")', 'needs("test_splits")')],
    "tests-unreadable": [
        adding(TESTS, "\nimport no_such_module\n"),
        adding(TESTS, "\nraise SystemExit(0)\n"),
    ],
    "solution-missing": [removing(MISTAKES), removing(TESTS), removing(REFERENCE)],
    "file-missing": [removing("exercises/toolbox/README.md"), removing(STUB)],
    "file-unreadable": [removing(YAML)],
    "hint-missing": [replacing(YAML, "  - The second hint.", '  - " "')],
    "bad-contract": [replacing(YAML, "{top: float}", "{top: flaot}")],
    "bad-limit": [
        replacing(YAML, "512 MiB", "512 megs"),
        replacing(YAML, "{seconds: 2", "{seconds: 0"),
        replacing(YAML, "{seconds: 2", "{seconds: 60"),
    ],
    "unknown-argument": [replacing(YAML, "updates: [state]", "updates: [stat]")],
    "unknown-field": [replacing(YAML, "difficulty: 1", "difficulty: 1\ndificulty: 2")],
    "mistake-without-hint": [replacing(MISTAKES, ', hint="Where does the count stand at first?"', "")],
    "mistakes-unreadable": [
        adding(MISTAKES, "\ndef (:\n"),
        writing(MISTAKES, b"# \xff\n"),
    ],
}


def test_a_good_exercise_has_no_findings(small_course: Path) -> None:
    result = audited(small_course)
    assert [str(finding) for finding in result.findings] == []
    assert (result.tests, result.mistakes) == (6, 7)


@pytest.mark.parametrize(
    ("rule", "change"), [(rule, change) for rule, changes in BROKEN.items() for change in changes]
)
def test_a_rule_fires_on_what_breaks_it_with_place_and_cure(
    small_course: Path, rule: str, change: Break
) -> None:
    change(small_course)
    findings = [finding for finding in audited(small_course).findings if finding.rule == rule]
    assert findings
    for finding in findings:
        assert small_course in finding.path.parents
        assert finding.line >= 1
        assert finding.what
        assert finding.cure


GIVERS = ("Finding", "finding", "_at", "_unusable")
"""The functions of the package that take the name of a rule."""


def rules_in_the_source() -> set[str]:
    """The names of rules that the package's own code gives to findings."""
    names: set[str] = set()
    for path in (REPOSITORY / "grader").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in GIVERS:
                constants = (part for part in ast.walk(node) if isinstance(part, ast.Constant))
                names |= {str(c.value) for c in constants if re.fullmatch("[a-z]+(-[a-z]+)+", str(c.value))}
    return names


def test_one_run_finds_what_is_wrong_in_every_file(small_course: Path) -> None:
    for change in (
        replacing(YAML, "difficulty: 1", "dificulty: 1"),
        replacing(YAML, "  - The second hint.", '  - " "'),
        replacing(YAML, "updates: [state]", "updates: [stat]"),
        removing(STUB),
        removing(TESTS),
    ):
        change(small_course)
    rules = sorted(finding.rule for finding in audited(small_course).findings)
    assert rules == ["file-missing", "hint-missing", "solution-missing", "unknown-argument", "unknown-field"]


def test_a_finding_is_not_repeated_by_what_follows_from_it(small_course: Path) -> None:
    replacing(REFERENCE, '    return state["count"]', "    return None")(small_course)
    assert [finding.rule for finding in audited(small_course).findings] == ["reference-fails"]


def test_every_rule_that_can_fire_has_its_page() -> None:
    pages = rule_pages()
    named = rules_in_the_source()
    assert len(named) > 30
    assert set(BROKEN) | named <= set(pages)
    for name, page in pages.items():
        assert page.startswith("What: "), name
        assert "\nWhy: " in page, name
        assert "\nCure: " in page, name
