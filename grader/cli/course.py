"""Finds the course that a command is about."""

from pathlib import Path

import click

from grader.course import find_course, is_course
from grader.errors import UsageError


def the_course() -> Path:
    """The folder given with `--course`; without it, the nearest one from the current folder upwards.

    Raises:
        UsageError: there is no course.
    """
    given: Path | None = click.get_current_context().obj
    if given is None:
        return find_course(_current_folder())
    if not is_course(given):
        raise UsageError(f"`{given}` is no course: it holds neither `exercises/` nor `question_bank/`")
    return given.resolve()


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise UsageError("the current folder is gone; go to another") from None
