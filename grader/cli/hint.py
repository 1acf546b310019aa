"""`grade hint NAME`: the next hint for an exercise."""

from pathlib import Path

import click

from grader.cli.course import the_course
from grader.course import load_exercises
from grader.errors import no_such
from grader.model.exercise import Exercise
from grader.progress import read_progress, write_progress


@click.command()
@click.argument("name")
@click.option("--again", is_flag=True, help="Show the hints read so far, and no new one.")
def hint(name: str, *, again: bool) -> None:
    """Give the next hint for the exercise NAME, from gentle to telling."""
    course = the_course()
    exercises = load_exercises(course)
    if name not in exercises:
        raise no_such("exercise", name, exercises)
    click.echo(hints_read(course, exercises[name]) if again else next_hint(course, exercises[name]))


def next_hint(course: Path, exercise: Exercise) -> str:
    """The next hint, which counts as read from now on.

    Raises:
        UsageError: the course's folder cannot be written to.
    """
    progress = read_progress(course)
    read, hints = progress.hints.get(exercise.id, 0), exercise.hints
    if read >= len(hints):
        return f"You have read all {len(hints)} hints; `grade hint {exercise.id} --again` shows them."
    progress.hints[exercise.id] = read + 1
    write_progress(course, progress)
    return _told(exercise, read)


def hints_read(course: Path, exercise: Exercise) -> str:
    """The hints read so far."""
    hints = len(exercise.hints)
    read = min(read_progress(course).hints.get(exercise.id, 0), hints)
    if read == 0:
        return f"You have read none of the {hints} hints; `grade hint {exercise.id}` gives the first."
    return "\n".join(_told(exercise, index) for index in range(read))


def _told(exercise: Exercise, index: int) -> str:
    return f"Hint {index + 1} of {len(exercise.hints)}: {exercise.hints[index].strip()}"
