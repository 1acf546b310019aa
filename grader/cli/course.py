"""Finds the course that a command is about."""

from pathlib import Path

import click

from grader.course import find_course, is_course
from grader.errors import UsageError

NOT_HERE = {
    "question_bank": "the questions with their answers stay with your instructor",
    "solutions": "hidden tests and solutions stay with your instructor, and with the CI that marks",
}
"""Why a folder of a course is not in what students receive."""


def the_course(*needs: str) -> Path:
    """The folder given with `--course`; without it, the nearest one from the current folder upwards.

    Raises:
        UsageError: there is no course, or it lacks a folder that the command `needs`.
    """
    given: Path | None = click.get_current_context().obj
    if given is not None and not is_course(given):
        raise UsageError(f"`{given}` is no course: it holds neither `exercises/` nor `question_bank/`")
    course = find_course(_current_folder()) if given is None else given.resolve()
    for name in needs:
        if not (course / name).is_dir():
            raise UsageError(f"there is no `{name}/` in `{course}`: {NOT_HERE[name]}")
    return course


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise UsageError("the current folder is gone; go to another") from None
