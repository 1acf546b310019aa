"""`grade list`: the exercises and how far the student is."""

import click
from rich.console import Console
from rich.table import Table

from grader.cli.course import the_course
from grader.course import load_exercises
from grader.model.exercise import Exercise
from grader.progress import Standing, read_progress
from grader.report.canvas import drawn


@click.command("list")
def list_command() -> None:
    """Show the exercises, their topics and what was reached when each was last marked."""
    course = the_course()
    exercises = load_exercises(course)
    progress = read_progress(course)

    def draw(console: Console) -> None:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("exercise", "title", "topic", "difficulty", "points", "promises kept", "hints read"):
            table.add_column(column)
        for exercise in exercises.values():
            hints = f"{progress.hints.get(exercise.id, 0)} of {len(exercise.hints)}"
            standing = _standing(progress.standings.get(exercise.id))
            table.add_row(
                exercise.id, exercise.title, exercise.topic, _difficulty(exercise), *standing, hints
            )
        console.print(table)

    click.echo(drawn(draw), nl=False)


def _difficulty(exercise: Exercise) -> str:
    return f"{exercise.difficulty} of 5"


def _standing(standing: Standing | None) -> tuple[str, str]:
    if standing is None:
        return "", "not marked yet"
    return str(standing.score) if standing.score.possible else "", f"{standing.kept} of {standing.promises}"
