"""Puts a report where its reader wants it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from grader.files import write_file


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
