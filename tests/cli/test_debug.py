"""`grade --debug` and `grade solution` as a student meets them."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_mark import STUB, grade
from tests.commands import run
from tests.conftest import append


def debugged(
    course: Path, *arguments: str, typed: str = "", name: str = "toolbox"
) -> subprocess.CompletedProcess[str]:
    """Runs `grade --debug` with what is typed at its debugger."""
    usual = {name: value for name, value in os.environ.items() if name not in ("CI", "GITHUB_ACTIONS")}
    return run(course, "--debug", name, *arguments, typed=typed, environment=usual)


@pytest.fixture
def course(small_course: Path) -> Path:
    """The small course with its exercise solved."""
    (small_course / STUB).write_bytes((small_course / "solutions/toolbox/toolbox.py").read_bytes())
    return small_course


class TestDebug:
    def test_a_breakpoint_stops_on_the_smallest_input_that_fails(self, course: Path) -> None:
        append(course / STUB, "\n\ndef split(x):\n    low = int(x)\n    breakpoint()\n    return low, x\n")
        done = debugged(course, typed="p ('at', x)\nc\n")
        assert re.search(r"\('at', -\d\.\d+\)", done.stdout)
        assert "Promise: `low` is the largest whole number up to x." in done.stderr
        assert "`split` returned (" in done.stderr
        assert done.returncode == 1

    def test_it_warns_that_nothing_is_isolated_and_does_not_count(self, course: Path) -> None:
        append(course / STUB, "\n\ndef tally(state, step):\n    print('counting', step)\n    return 0\n")
        done = debugged(course)
        assert "nothing is isolated" in done.stderr
        assert "counting 2\n" in done.stdout
        assert "This run does not count" in done.stdout
        assert not (course / ".grade").exists()

    def test_a_program_reads_that_it_does_not_count(self, course: Path) -> None:
        append(course / STUB, "\n\ndef tally(state, step):\n    print('counting', step)\n    return 0\n")
        done = debugged(course, "--format", "json")
        tree = json.loads(done.stdout)
        assert (tree["counts"], tree["score"], tree["isolation"]) == (False, None, "none")
        assert "counting 2" in done.stderr

    @pytest.mark.parametrize(
        "function",
        [
            "def tally(state, step):\n    return 1 // (step - 2)",
            "def tally(state, step):\n    raise SystemExit(1 // (step - 2))",
        ],
    )
    def test_a_traceback_shows_the_students_lines_and_no_others(self, course: Path, function: str) -> None:
        append(course / STUB, f"\n\n{function}\n")
        done = debugged(course)
        assert "ZeroDivisionError" in done.stderr
        assert "1 // (step - 2)" in done.stderr
        assert "debugging.py" not in done.stderr
        assert "our fault" not in done.stderr

    def test_a_file_that_cannot_be_imported_gives_its_traceback(self, course: Path) -> None:
        append(course / STUB, "\nx = 1 / 0\n")
        done = debugged(course)
        assert "ZeroDivisionError" in done.stderr
        assert "x = 1 / 0" in done.stderr
        assert done.returncode == 1

    def test_who_leaves_the_debugger_gets_the_report(self, course: Path) -> None:
        append(course / STUB, "\n\ndef tally(state, step):\n    breakpoint()\n    return 0\n")
        done = debugged(course, typed="q\n")
        assert "You left the debugger." in done.stderr
        assert "points" in done.stdout

    def test_values_that_stay_with_the_student_are_handed_on(self, course: Path) -> None:
        append(course / STUB, "\n\ndef join(low, rest):\n    print('rest is', rest)\n    return 99.0\n")
        assert "rest is {'rest': " in debugged(course).stdout

    def test_a_hidden_test_lends_its_input_to_nobody(self, course: Path) -> None:
        append(
            course / STUB, "\n\ndef climb(height, steps):\n    print('steps are', steps)\n    return 0.0\n"
        )
        done = debugged(course)
        assert "no input that fails can be shown" in done.stderr
        assert "steps are" not in done.stdout + done.stderr

    def test_with_full_marks_there_is_nothing_to_run(self, course: Path) -> None:
        done = debugged(course)
        assert "every promise is kept" in done.stderr
        assert done.returncode == 0

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["--submission", "work.ipynb"], "`--debug` runs a `.py` file"),
            (["--submission", "link.py"], "is a link"),
            (["--submission", "exercises"], "`--debug` runs a `.py` file"),
            (["toolbox", "other"], "there is no exercise `other`"),
        ],
    )
    def test_wrong_usage_is_told(self, course: Path, arguments: list[str], told: str) -> None:
        (course / "link.py").symlink_to(course / STUB)
        done = debugged(course, *arguments)
        assert done.returncode == 2
        assert told in done.stderr

    def test_it_takes_one_exercise(self, course: Path) -> None:
        for part in ("exercises", "solutions"):
            (course / part / "toolbox").rename(course / part / "second")
            (course / part / "second/toolbox.py").rename(course / part / "second/second.py")
            subprocess.run(["cp", "-r", course / part / "second", course / part / "third"], check=True)
            (course / part / "third/second.py").rename(course / part / "third/third.py")
        done = debugged(course, "third", name="second")
        assert done.returncode == 2
        assert "`--debug` takes one exercise" in done.stderr

    def test_no_bytecode_is_left_beside_the_file(self, course: Path) -> None:
        debugged(course)
        assert not list((course / "exercises/toolbox").rglob("toolbox.*.pyc"))


class TestSolution:
    def test_it_opens_after_full_marks(self, course: Path) -> None:
        closed = grade(course, "solution", "toolbox")
        assert (closed.returncode, "opens after full marks" in closed.stdout) == (1, True)
        grade(course)
        opened = grade(course, "solution", "toolbox")
        assert opened.returncode == 0
        assert opened.stdout == (course / "solutions/toolbox/toolbox.py").read_text("utf-8")

    def test_less_than_full_marks_keeps_it_closed(self, course: Path) -> None:
        append(course / STUB, "\n\ndef climb(height, steps):\n    return 0.0\n")
        grade(course)
        done = grade(course, "solution", "toolbox")
        assert done.returncode == 1
        assert "the last marking gave 5 / 5.5 points, 5 of 6 promises kept" in done.stdout

    def test_an_instructor_can_keep_it_closed(self, course: Path) -> None:
        append(course / "exercises/toolbox/exercise.yaml", "\nshow_solution: false\n")
        grade(course)
        done = grade(course, "solution", "toolbox")
        assert done.returncode == 1
        assert "stays closed in this course" in done.stdout
        assert "def double" not in done.stdout

    def test_where_no_solution_is_it_says_who_has_it(self, course: Path) -> None:
        subprocess.run(["rm", "-r", course / "solutions"], check=True)
        done = grade(course, "solution", "toolbox")
        assert done.returncode == 1
        assert "your instructor has it" in done.stdout

    def test_an_unknown_name_is_wrong_usage(self, course: Path) -> None:
        assert "Did you mean `toolbox`?" in grade(course, "solution", "toolbx").stderr


class TestHint:
    def test_it_remembers_how_many_were_read(self, course: Path) -> None:
        assert "You have read none of the 2 hints" in grade(course, "hint", "toolbox", "--again").stdout
        told = [grade(course, "hint", "toolbox").stdout for _ in range(3)]
        assert told[0].startswith("Hint 1 of 2:")
        assert told[1].startswith("Hint 2 of 2:")
        assert "all 2 hints" in told[2]
        assert "2 of 2" in grade(course, "list").stdout
