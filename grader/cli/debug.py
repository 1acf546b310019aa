"""What `grade --debug NAME` does: runs the working copy in this process, on the smallest input that fails."""

import contextlib
import sys
from pathlib import Path

import click

from grader.debugging import LeftError, StudentsError, again, can_be_repeated, imported
from grader.engine.pasted import code
from grader.errors import UsageError
from grader.files import link_in
from grader.grading import Examined, Marker
from grader.model.exercise import Exercise
from grader.model.report import Report
from grader.sandbox.client import Sandbox
from grader.sandbox.text import printable
from grader.submission import UnreadableError, read_source

WARNING = (
    "grade: `--debug` runs the file in this process: nothing is isolated, the run does not count, and no"
    " progress is kept. Debug only code that you trust."
)
TERMINAL = "terminal"


def file_to_debug(exercise: Exercise, submission: Path | None) -> Path:
    """The `.py` file that is run.

    Raises:
        UsageError: there is none.
    """
    path = submission or exercise.stub
    link = link_in(path)
    if link:
        raise UsageError(f"`{link}` is a link; give the file that it points to")
    if path.suffix != ".py" or not path.is_file():
        raise UsageError(
            f"`--debug` runs a `.py` file, and `{path}` is none; in a notebook, `%debug` does the same"
        )
    return path.resolve()


def debug(exercise: Exercise, path: Path, sandbox: Sandbox, format_: str) -> Report:
    """Marks the file apart to find an input that fails, then runs it here on that input."""
    click.echo(WARNING, err=True)
    with Marker(exercise, sandbox) as marker:
        try:
            source = read_source(path)
        except UnreadableError as error:
            return _uncounted(marker.examine(error))
        examined = marker.examine(source)
    # What the code prints must not stand in the middle of a report that a program reads.
    elsewhere = contextlib.nullcontext() if format_ == TERMINAL else contextlib.redirect_stdout(sys.stderr)
    with elsewhere:
        try:
            _run(exercise, examined, path)
        except (LeftError, StudentsError) as error:
            _tell(str(error))
    return _uncounted(examined)


def _run(exercise: Exercise, examined: Examined, path: Path) -> None:
    module = imported(path)
    known = {name: one for name, one in examined.failures.items() if can_be_repeated(one)}
    if not known:
        why = "every promise is kept" if examined.report.is_kept else "no input that fails can be shown"
        _tell(f"The file was imported; {why}, so there is nothing to run it on.")
        return
    smallest = min(known, key=lambda name: known[name].size)
    test = next(test for test in examined.report.tests if test.id == smallest)
    _tell(f"Promise: {test.title}")
    if test.counterexample:
        _tell(f"Input:\n{test.counterexample}")
    for call, result in again(known[smallest], exercise, module):
        _tell(f"`{call.function}` returned {code(result)}")
    _tell(f"Seen when it was marked: {test.message}")


def _uncounted(examined: Examined) -> Report:
    return Report("none", (examined.report,), counts=False)


def _tell(text: str) -> None:
    sys.stdout.flush()
    click.echo(printable(text), err=True)
