"""The extension `%load_ext grader` of Jupyter: `%grade NAME` marks what the notebook's cells define."""

import argparse
import atexit
import shlex
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, Protocol

from grader.cells import Cell, parses, without_magics
from grader.cli.isolation import opened
from grader.course import find_course, is_course, load_exercises
from grader.errors import GradeError, UsageError, no_such
from grader.grading import Marker
from grader.model.report import Report
from grader.progress import remember
from grader.report.table import to_table
from grader.report.terminal import to_terminal
from grader.sandbox.client import Sandbox
from grader.sandbox.text import printable
from grader.submission import UnreadableError, source_of

NOTEBOOK = "notebook"


class Shell(Protocol):
    """What is used of IPython."""

    history_manager: Any
    register_magic_function: Callable[..., None]


@dataclass(frozen=True, slots=True)
class Shown:
    """A report that Jupyter draws as a table, and a console as text."""

    text: str
    html: str | None = None

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str | None:
        return self.html


def load(shell: Shell) -> None:
    """Makes `%grade` known to the notebook."""
    marking = _Marking(shell)
    atexit.register(marking.close)
    shell.register_magic_function(marking.grade, magic_kind="line", magic_name="grade")


class _Marking:
    """The sandbox and the marker of the latest exercise, kept open from cell to cell."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._sandbox: Sandbox | None = None
        self._of_sandbox = ExitStack()
        self._of_marker = ExitStack()
        self._marker: tuple[Path, str, Marker] | None = None

    def grade(self, line: str) -> Shown:
        """Marks what the cells that were run define for an exercise: `%grade NAME [--course PATH]`."""
        try:
            arguments = _parser().parse_args(shlex.split(line))
            return self._marked(arguments.name, _course(arguments.course))
        except (GradeError, ValueError, OSError) as error:
            return Shown(printable(f"grade: {error}"))

    def close(self) -> None:
        self._of_marker.close()
        self._of_sandbox.close()
        self._marker, self._sandbox = None, None

    def _marked(self, name: str, course: Path) -> Shown:
        marker = self._open(course, name)
        try:
            source = source_of(cells_run(self._shell.history_manager.input_hist_raw), NOTEBOOK)
        except UnreadableError as error:
            report = marker.grade(error)
        else:
            report = marker.grade(source)
        isolation = self._sandbox.isolation if self._sandbox else "none"
        whole = Report(isolation, (report,))
        remember(course, whole)
        return Shown(to_terminal(whole), to_table(whole))

    def _open(self, course: Path, name: str) -> Marker:
        """The marker of the exercise, whose tests are collected once for a notebook."""
        if self._marker and self._marker[:2] == (course, name):
            return self._marker[2]
        exercises = load_exercises(course)
        if name not in exercises:
            raise no_such("exercise", name, exercises)
        if self._sandbox is None:
            self._sandbox = self._of_sandbox.enter_context(opened(None))
        self._of_marker.close()
        self._marker = None
        marker = self._of_marker.enter_context(Marker(exercises[name], self._sandbox))
        self._marker = (course, name, marker)
        return marker


def cells_run(history: list[str]) -> list[Cell]:
    """The cells as they were run, each by its number; of one that was run again the last time."""
    latest = {text: number for number, text in enumerate(history) if text.strip()}
    # A slip that was mended in the next cell must not spoil what came of it.
    return [
        Cell(number, text, number)
        for text, number in sorted(latest.items(), key=lambda one: one[1])
        if parses(without_magics(text))
    ]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; write `%grade NAME`")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="%grade", add_help=False)
    parser.add_argument("name")
    parser.add_argument("--course", type=Path)
    return parser


def _course(given: Path | None) -> Path:
    if given is None:
        try:
            return find_course(Path.cwd())
        except UsageError as error:
            raise UsageError(f"{error}, or name it: `%grade NAME --course PATH`") from None
    if not is_course(given):
        raise UsageError(f"`{given}` is no course")
    return given.resolve()
