"""`grade solution NAME`: the reference, after full marks."""

import click
from rich.console import Console
from rich.syntax import Syntax

from grader.cli import FULL, LOST
from grader.cli.course import the_course
from grader.course import load_exercises
from grader.errors import no_such
from grader.model.exercise import Exercise
from grader.progress import Standing, read_progress
from grader.report.canvas import drawn, is_in_color


@click.command()
@click.argument("name")
def solution(name: str) -> int:
    """Show how the exercise NAME can be solved, once every promise of yours is kept.

    Exits with 1 while it stays closed.
    """
    course = the_course()
    exercises = load_exercises(course)
    if name not in exercises:
        raise no_such("exercise", name, exercises)
    exercise = exercises[name]
    closed = _closed(exercise, read_progress(course).standings.get(name))
    if closed or exercise.reference is None:
        click.echo(closed)
        return LOST
    text = exercise.reference.read_text(encoding="utf-8")
    click.echo(drawn(lambda console: _draw(console, text)) if is_in_color() else text, nl=False)
    return FULL


def _closed(exercise: Exercise, standing: Standing | None) -> str | None:
    """Why the solution is not shown, if so."""
    if not exercise.shows_solution:
        return f"The solution of `{exercise.id}` stays closed in this course."
    if exercise.reference is None or not exercise.reference.is_file():
        return f"The solution of `{exercise.id}` is not in this folder; your instructor has it."
    if standing is None:
        return f"The solution opens after full marks; `grade {exercise.id}` marks what you have."
    if not standing.is_complete:
        reached = f"{standing.score} points, {standing.kept} of {standing.promises} promises kept"
        return f"The solution opens after full marks; the last marking gave {reached}."
    return None


def _draw(console: Console, text: str) -> None:
    console.print(Syntax(text, "python", theme="ansi_dark", background_color="default", word_wrap=True))
