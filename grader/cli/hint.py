"""`grade hint NAME`: the next hint for an exercise."""

import click

from grader.cli.course import the_course
from grader.course import load_exercises
from grader.errors import no_such
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
    hints = exercises[name].hints
    progress = read_progress(course)
    read = min(progress.hints.get(name, 0), len(hints))
    if again:
        for number, text in enumerate(hints[:read], start=1):
            click.echo(f"Hint {number} of {len(hints)}: {text.strip()}")
        return
    if read == len(hints):
        click.echo(f"You have read all {len(hints)} hints; `grade hint {name} --again` shows them.")
        return
    progress.hints[name] = read + 1
    write_progress(course, progress)
    click.echo(f"Hint {read + 1} of {len(hints)}: {hints[read].strip()}")
