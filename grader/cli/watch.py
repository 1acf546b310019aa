"""`grade watch [NAME]`: marks again on every save."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from grader.cli import FULL
from grader.cli.course import the_course
from grader.cli.hint import next_hint
from grader.cli.isolation import opened
from grader.cli.keys import END, Keys
from grader.cli.output import working
from grader.course import load_exercises
from grader.errors import GradeError, UsageError, no_such
from grader.model.exercise import Exercise
from grader.model.report import Report
from grader.report.step import KEYS, to_step
from grader.report.terminal import to_terminal
from grader.sandbox.text import printable
from grader.watching import Desk, Eye

LOOK_SECONDS = 0.1
"""Between two looks at the files: a save is marked within two looks. Asking for a few times of files takes
no library, and works on network drives and in containers, where notices of changes are often lost."""
CLEAR = "\x1b[2J\x1b[3J\x1b[H"


@click.command()
@click.argument("name", required=False)
def watch(name: str | None) -> int:
    """Mark the exercise NAME, or whichever is saved, on every save; show one failing promise at a time.

    Keys: `n` the next promise or exercise, `h` a hint, `a` the whole report, `q` quit. Where no terminal is,
    a command is a line, and the end of the input quits.
    """
    course = the_course()
    exercises = load_exercises(course)
    if name is not None and name not in exercises:
        raise no_such("exercise", name, exercises)
    if not exercises:
        raise UsageError("this course has no exercises; see `exercises/` in the README")
    watched = {name: exercises[name]} if name else exercises
    # To interrupt it is as good a way to quit as any.
    with (
        opened(None) as sandbox,
        Desk(course, exercises, sandbox) as desk,
        Keys() as keys,
        suppress(KeyboardInterrupt),
    ):
        _Watch(course, watched, desk, sandbox.isolation).run(keys)
    return FULL


class _Watch:
    """Shows what becomes of each save until somebody quits."""

    def __init__(self, course: Path, watched: dict[str, Exercise], desk: Desk, isolation: str) -> None:
        self._course = course
        self._watched = watched
        self._desk = desk
        self._isolation = isolation
        self._count = len(load_exercises(course))
        self._eye = Eye(path for exercise in watched.values() for path in _files(exercise))

    def run(self, keys: Keys) -> None:
        self._mark(self._first())
        while (key := keys.wait(LOOK_SECONDS)) not in ("q", END, "\x04"):
            if key is not None:
                with _told():
                    self._obey(key)
            saved = self._eye.saved()
            for exercise in self._watched.values():
                if touched := saved.intersection(_files(exercise)):
                    self._mark(exercise.id, anew=touched != {exercise.stub})
                    break

    def _first(self) -> str:
        solved = self._desk.solved()
        return next((name for name in self._watched if name not in solved), next(iter(self._watched)))

    def _mark(self, name: str, *, anew: bool = False) -> None:
        with _told():
            with working(f"marking {name}"):
                self._desk.take(name, anew=anew)
            self._show()

    def _obey(self, key: str) -> None:
        match key:
            case "n":
                following = self._desk.next_unsolved()
                if not self._desk.turn() and len(self._watched) > 1 and following:
                    self._mark(following)
                else:
                    self._show()
            case "h":
                _say(next_hint(self._course, self._desk.exercise) + "\n")
            case "a" if self._desk.report:
                _say(to_terminal(Report(self._isolation, (self._desk.report,))), is_new=True)
            case _:
                _say(f"{KEYS}\n")

    def _show(self) -> None:
        desk = self._desk
        if desk.report:
            solved = len(desk.solved())
            step = to_step(desk.report, desk.failing, desk.shown, solved=solved, exercises=self._count)
            _say(step, is_new=True)


@contextmanager
def _told() -> Iterator[None]:
    """Says what is in the way and goes on: a test that its author is mending, a disk that is full."""
    try:
        yield
    except GradeError as error:
        _say(printable(f"{error}\n"), is_new=True)


def _files(exercise: Exercise) -> tuple[Path, ...]:
    """What marking reads of an exercise; a student saves the first."""
    files = (
        exercise.public_tests,
        exercise.hidden_tests,
        exercise.reference,
        exercise.folder / "exercise.yaml",
    )
    return (exercise.stub, *(file for file in files if file))


def _say(text: str, *, is_new: bool = False) -> None:
    """On a screen of its own at a terminal; elsewhere after an empty line."""
    if is_new:
        click.echo(CLEAR if sys.stdout.isatty() else "", nl=not sys.stdout.isatty())
    click.echo(text, nl=False)
    sys.stdout.flush()
