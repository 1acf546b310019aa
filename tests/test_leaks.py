"""Nothing hidden is found in any writer's bytes: markers in hidden inputs and in reference values."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader import magic
from grader.course import load_exercises
from grader.grading import Marker
from grader.model.policy import UNTOLD
from grader.model.report import Report, Verdict
from grader.report import FORMATS, writer
from grader.report.step import to_step
from grader.report.table import to_table
from grader.sandbox.client import Sandbox
from grader.submission import read_source
from tests.cli.test_mark import STUB, grade
from tests.conftest import append

INPUT, WANTED, SAID = "734925", "812346", "planted-secret"
"""In what a hidden test gives, in what its reference returns, and in the texts of both."""
MARKERS = (INPUT, WANTED, SAID)

HIDDEN = f"""\
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.testing import assert_close, assert_equal


@pytest.mark.points(1)
{{how}}
def test_tally_counts_on(student, reference):
    \"\"\"The count goes on from where it was.\"\"\"
    state = {{{{"count": {INPUT}, "text": "{SAID}"}}}}
    assert_equal(student.tally(state, 2), reference.tally(dict(state), 2), name="count")


@pytest.mark.points(1)
{{how}}
def test_double_is_twice_x(student, reference):
    \"\"\"`y` is twice `x`.\"\"\"
    x = np.array([{INPUT}.0])
    assert_close(student.double(x)[1], reference.double(x)[1], name="{SAID}")


@pytest.mark.points(1)
{{how}}
@given(st.just({INPUT}.5))
def test_split_takes_the_whole_part(student, reference, x):
    \"\"\"`low` is the largest whole number up to x.\"\"\"
    assert_equal(student.split(x)[0], reference.split(x)[0], name="low")


@pytest.mark.points(1)
{{how}}
def test_climb_finds_the_top(student):
    \"\"\"`top` is the largest height.\"\"\"

    def height(i):
        if i > 2:
            raise ValueError("{SAID}")
        return {INPUT}.0 + i

    assert_close(student.climb(height, 3), {WANTED}.0, name="top")


@pytest.mark.points(1)
{{how}}
def test_join_undoes_split(student):
    \"\"\"What was split can be joined again.\"\"\"
    raise RuntimeError("{SAID} {INPUT}")
"""

SOLVED = f"""

def tally(state, step):
    return {WANTED}


def double(x):
    return 2 * x, {WANTED}.0


def climb(height, steps):
    return {WANTED}.0
"""
"""The reference knows the markers too."""

LOUD = """
def tally(state, step):
    print("given", state, step)
    raise ValueError(str(state))


def double(x):
    print("given", x)
    return x, float(x[0])


def split(x):
    print("given", x)
    assert x == 0, f"given {x}"
    return 0, x


def climb(height, steps):
    import sys
    print([height(i) for i in range(steps)], file=sys.stderr)
    return height(7)
"""
"""A submission that tells whatever it is given, in every way it has."""

OUT_OF_SIGHT = ['@pytest.mark.visibility("hidden")', '@pytest.mark.visibility("after_due_date")']
SETTINGS = [*((how, "full") for how in OUT_OF_SIGHT), ("", "verdict"), ("", "diagnosis")]


def planted(course: Path, how: str, feedback: str) -> Path:
    """The small course with markers in its hidden tests, and a submission that tells all it is given."""
    (course / "solutions/toolbox/test_hidden.py").write_text(HIDDEN.format(how=how), "utf-8")
    append(course / "solutions/toolbox/toolbox.py", SOLVED)
    settings = course / "exercises/toolbox/exercise.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}feedback: {feedback}\n", "utf-8")
    append(course / STUB, LOUD)
    return course


def leaks(*texts: str) -> list[str]:
    return [marker for marker in MARKERS if any(marker in text for text in texts)]


def said(done: subprocess.CompletedProcess[str]) -> tuple[str, str]:
    assert "our fault, not yours" not in done.stderr
    return done.stdout, done.stderr


def written(course: Path) -> dict[str, str]:
    """What each writer makes of the marking."""
    exercise = load_exercises(course)["toolbox"]
    with Sandbox() as sandbox, Marker(exercise, sandbox) as marker:
        examined = marker.examine(read_source(exercise.stub))
    report = Report("process", (examined.report,))
    failing = [test for test in examined.report.tests if test.verdict is not Verdict.PASSED]
    steps = [to_step(examined.report, failing, index, solved=0, exercises=1) for index in range(len(failing))]
    return {
        **{name: writer(name)(report) for name in FORMATS},
        "table": to_table(report),
        "steps": "\n".join(steps),
        "failures": repr(examined.failures),
    }


def by_mark(course: Path) -> list[str]:
    done = grade(course, "toolbox", "--output", "report.txt")
    return [*said(done), everything(course, "report.txt")]


def by_watch(course: Path) -> list[str]:
    return list(said(grade(course, "watch", "toolbox")))


def by_batch(course: Path) -> list[str]:
    (course / "handed_in").mkdir()
    (course / "handed_in/one").mkdir()
    (course / "handed_in/one/toolbox.py").write_bytes((course / STUB).read_bytes())
    done = grade(course, "batch", "handed_in", "-o", "out", "--isolation", "process")
    assert (course / "out/scores.csv").exists()
    return [*said(done), everything(course, "out")]


def by_debug(course: Path) -> list[str]:
    return list(said(grade(course, "--debug", "toolbox")))


def by_notebook(course: Path) -> list[str]:
    """In this process, as `%grade` runs in a kernel's."""
    shell: Any = SimpleNamespace(
        history_manager=SimpleNamespace(input_hist_raw=["", (course / STUB).read_text("utf-8")])
    )
    marking = magic._Marking(shell)
    try:
        shown = marking.grade(f"toolbox --course {course}")
    finally:
        marking.close()
    assert "<table" in (shown.html or "")
    return [shown.text, shown.html or ""]


def everything(course: Path, name: str) -> str:
    """The bytes of a file or of all files of a folder."""
    path = course / name
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return "\n".join(file.read_bytes().decode("utf-8", "replace") for file in files)


@pytest.mark.parametrize(("how", "feedback"), SETTINGS)
def test_no_writer_tells_what_is_hidden(small_course: Path, how: str, feedback: str) -> None:
    texts = written(planted(small_course, how, feedback))
    assert "The count goes on" in texts["terminal"]
    assert {name: found for name, text in texts.items() if (found := leaks(text))} == {}


def test_the_markers_are_found_where_nothing_is_hidden(small_course: Path) -> None:
    """Else the tests here would prove nothing."""
    texts = written(planted(small_course, "", "full"))
    assert all(leaks(text) == [*MARKERS] for name, text in texts.items() if name != "failures")


@pytest.mark.parametrize("command", [by_mark, by_watch, by_batch, by_debug, by_notebook])
def test_no_command_tells_what_is_hidden(small_course: Path, command: Callable[[Path], list[str]]) -> None:
    course = planted(small_course, OUT_OF_SIGHT[0], "full")
    texts = command(course)
    assert any("Toolbox" in text for text in texts)
    assert leaks(*texts, everything(course, ".grade")) == []


def test_a_public_strategy_gives_away_the_input_and_no_more(small_course: Path) -> None:
    course = planted(small_course, '@pytest.mark.visibility("hidden", strategy="public")', "full")
    tests = course / "solutions/toolbox/test_hidden.py"
    # Only the property may be marked so.
    before, after = tests.read_text("utf-8").split("\n@given")
    marked, _, last = before.rpartition(', strategy="public"')
    head = marked.replace(', strategy="public"', "")
    tests.write_text(
        f'{head}, strategy="public"{last}\n@given' + after.replace(', strategy="public"', ""), "utf-8"
    )
    done = grade(course, "toolbox", "--format", "json")
    by_name = {test["id"]: test for test in json.loads(done.stdout)["exercises"][0]["tests"]}
    shown = by_name.pop("test_split_takes_the_whole_part")
    assert shown["counterexample"] == f"x = {INPUT}.5\nsplit(x)"
    assert (shown["message"], shown["printed"]) == (UNTOLD[Verdict.FAILED], None)
    assert leaks(json.dumps(by_name)) == []


def test_inputs_written_by_hand_are_no_public_strategy(small_course: Path) -> None:
    how = '@pytest.mark.visibility("hidden", strategy="public")'
    course = planted(small_course, how, "full")
    tests = course / "solutions/toolbox/test_hidden.py"
    text = tests.read_text("utf-8").replace("import given", "import example, given")
    tests.write_text(text.replace("@given(st.just", f"@example(x={INPUT}.5)\n@given(st.just"), "utf-8")
    done = grade(course, "audit", "toolbox")
    told = "`strategy` is public only where all inputs are drawn"
    assert done.stdout.count(told) == 5, "each of the tests, the property with its example too"
    graded = grade(course, "toolbox")
    assert leaks(*said(graded)) == []


REMEMBERING = """
import math
SEEN = []


def climb(height, steps):
    top = max(height(i) for i in range(steps))
    SEEN.append((steps, top))
    return top


def split(x):
    SEEN.append(x)
    return math.floor(x), {"rest": x - math.floor(x)}


def tally(state, step):
    print("seen before:", SEEN)
    raise ValueError(f"seen before: {SEEN}")
"""
"""A submission that keeps the promises of hidden tests, to tell of them in another."""


@pytest.mark.parametrize("told", ["visible", "after_due_date"])
def test_what_a_hidden_test_gave_is_not_told_in_a_later_test(small_course: Path, told: str) -> None:
    tests = small_course / "solutions/toolbox/test_hidden.py"
    text = tests.read_text("utf-8")
    waits = "@pytest.mark.points(1)\ndef test_tally"
    assert waits in text
    needing = f'@pytest.mark.visibility("{told}")\n@pytest.mark.needs("test_climb_finds_the_top")\n'
    tests.write_text(text.replace(waits, needing + waits), "utf-8")
    append(small_course / "exercises/toolbox/exercise.yaml", "due: 2020-01-01 00:00+00:00\n")
    append(small_course / STUB, REMEMBERING)
    assert "seen before: []" in written(small_course)["json"]


@pytest.mark.parametrize(
    "line",
    [f'raise ValueError("{SAID}")', f'raise SystemExit("{SAID}")', f'raise KeyboardInterrupt("{SAID}")'],
)
def test_a_hidden_file_that_raises_is_told_without_its_words(small_course: Path, line: str) -> None:
    tests = small_course / "solutions/toolbox/test_hidden.py"
    tests.write_text(f"{line}  # {SAID}\n", "utf-8")
    done = grade(small_course, "toolbox", "--format", "json", "--output", "report.json")
    assert done.returncode in (2, 3)
    assert leaks(done.stdout, done.stderr, everything(small_course, "report.json")) == []
