"""Puts a report where its reader wants it."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from grader.archive import archive_suffix
from grader.errors import UsageError
from grader.files import write_file

SOURCES = (".py", ".ipynb", ".yaml", ".yml", ".md")
"""What the files of a course and of a submission are called, and so no report."""


class GivenPath(click.Path):
    """A path that somebody wrote: not the current folder for a variable that is not set."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, readable=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if not str(value):
            self.fail("it is empty; is a variable not set?", param, ctx)
        return Path(value)


class ReportPath(GivenPath):
    """Where a report goes: never over what somebody wrote."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = super().convert(value, param, ctx)
        if path.suffix.lower() in SOURCES or archive_suffix(path.name):
            self.fail(
                f"a report is not called `{path.name}`; write to `{path.with_suffix('.json')}`", param, ctx
            )
        return path


def refuse_over(output: Path | None, inputs: Iterable[Path]) -> None:
    """Refuses to write a report over what it is about.

    Raises:
        UsageError: `output` is one of the inputs.
    """
    if output and any(os.path.realpath(output) == os.path.realpath(path) for path in inputs):
        raise UsageError(f"the report would be written over `{output}`, which it is about")


def write(text: str, path: Path | None) -> None:
    """Prints the text, or puts it into a file in one step.

    Raises:
        UsageError: the file cannot be written; what was there before is still there.
    """
    if path is None:
        click.echo(text, nl=False)
    else:
        write_file(path, text.encode("utf-8", "backslashreplace"))


def keep(text: str, path: Path | None) -> None:
    """Puts an unfinished report where the finished one will be; a stream gets the finished one only.

    Raises:
        UsageError: the file cannot be written.
    """
    if path and (path.is_file() or not path.exists()):
        write_file(path, text.encode("utf-8", "backslashreplace"))


@contextmanager
def working(what: str) -> Iterator[None]:
    """Tells whoever sits at the terminal what takes so long; silent where nobody does."""
    if not sys.stderr.isatty():
        yield
        return
    click.echo(f"{what} …", nl=False, err=True)
    try:
        yield
    finally:
        click.echo("\r\033[K", nl=False, err=True)
