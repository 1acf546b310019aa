"""The audit of exercises: each rule fires on a course that breaks it, and all are silent on a good one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.audit.exercises import Audited, audit_exercise
from grader.audit.pages import rule_pages

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
    "unknown-need": [replacing(TESTS, 'needs("test_split_takes_the_whole_part")', 'needs("test_splits")')],
    "tests-unreadable": [adding(TESTS, "\nimport no_such_module\n")],
    "solution-missing": [removing(MISTAKES), removing(TESTS), removing(REFERENCE)],
    "file-missing": [removing("exercises/toolbox/README.md"), removing(STUB)],
    "file-unreadable": [removing(YAML)],
    "hint-missing": [replacing(YAML, "  - The second hint.", '  - " "')],
    "bad-contract": [replacing(YAML, "{top: float}", "{top: flaot}")],
    "bad-limit": [replacing(YAML, "512 MiB", "512 megs")],
    "unknown-argument": [replacing(YAML, "updates: [state]", "updates: [stat]")],
    "unknown-field": [replacing(YAML, "difficulty: 1", "difficulty: 1\ndificulty: 2")],
    "mistake-without-hint": [replacing(MISTAKES, ', hint="Where does the count stand at first?"', "")],
    "mistakes-unreadable": [adding(MISTAKES, "\ndef (:\n")],
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


def test_every_rule_that_can_fire_has_its_page() -> None:
    pages = rule_pages()
    assert set(BROKEN) <= set(pages)
    for name, page in pages.items():
        assert page.startswith("What: "), name
        assert "\nWhy: " in page, name
        assert "\nCure: " in page, name
