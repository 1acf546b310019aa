"""`grade new notebook NAME…`: exercises as notebooks."""

from pathlib import Path

import click

from grader.cli.course import the_course
from grader.course import load_exercises
from grader.errors import UsageError, no_such
from grader.export.exercise import exercise_notebook
from grader.files import write_file


@click.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("notebooks"), show_default=True)
@click.option("--force", is_flag=True, help="Write notebooks anew that were worked in.")
def notebook(names: tuple[str, ...], output: Path, *, force: bool) -> None:
    """Write exercises as Jupyter notebooks, with a cell that marks what is written in them.

    A notebook that was worked in is left as it is.
    """
    exercises = load_exercises(the_course())
    for name in names:
        if name not in exercises:
            raise no_such("exercise", name, exercises)
    for name in dict.fromkeys(names):
        path = output / f"{name}.ipynb"
        data = exercise_notebook(exercises[name]).encode("utf-8")
        if not force and _differs(path, data):
            click.echo(f"{path} was worked in, and was left as it is; `--force` writes it anew", err=True)
        else:
            write_file(path, data)
            click.echo(str(path))


def _differs(path: Path, data: bytes) -> bool:
    """Whether something else stands there, a student's work for one."""
    try:
        return path.exists() and (not path.is_file() or path.read_bytes() != data)
    except OSError as error:
        raise UsageError(f"`{path}` cannot be read: {error.strerror}") from None
