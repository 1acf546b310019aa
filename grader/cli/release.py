"""`grade release DIR`: the student bundle."""

from pathlib import Path

import click

from grader.cli.course import the_course
from grader.cli.isolation import opened
from grader.cli.output import working
from grader.errors import UsageError
from grader.files import link_in, write_file
from grader.release import bundle
from grader.sandbox.text import printable
from grader.testing.wording import count

KEPT = ("exercises", "solutions", "question_bank", "grader", "tests")
"""Folders of a course that are no place for a bundle."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write into a folder that holds something already.")
def release(folder: Path, *, force: bool) -> None:
    """Write what the students receive to DIR: stubs, statements, public tests, notebooks, questions, program.

    Nothing of `solutions/` and no key of a question is in it. A stub that keeps a promise is refused, since
    it may be somebody's working copy.
    """
    course = the_course("solutions")
    _refuse(folder, course, force=force)
    with opened(None) as sandbox, working("trying the stubs"):
        made = bundle(course, sandbox)
    for name, data in made.files.items():
        write_file(folder / name, data)
    for one in made.left_out:
        click.echo(printable(f"left out: {one}"), err=True)
    begin = folder / "README.md"
    click.echo(f"{folder}: {count(len(made.files), 'file')}; students begin with `{begin}`")


def _refuse(folder: Path, course: Path, *, force: bool) -> None:
    """Refuses to write over a course, or over whatever somebody keeps there.

    Raises:
        UsageError: the folder is no place for a bundle.
    """
    place, link = folder.resolve(), link_in(folder)
    if link:
        raise UsageError(f"`{link}` is a link; give the folder that it points to")
    if course.is_relative_to(place) or any(place.is_relative_to(course / name) for name in KEPT):
        raise UsageError(f"`{folder}` belongs to the course itself; give a folder of its own")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"`{folder}` is no folder")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise UsageError(f"`{folder}` is not empty; `--force` writes into it all the same")
