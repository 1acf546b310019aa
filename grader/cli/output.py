"""Puts a report where its reader wants it."""

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
        write_file(path, text.encode("utf-8"))
