"""`grade [NAME…]`: marks the exercises found or named."""

from contextlib import suppress
from pathlib import Path

import click

from grader.archive import archive_suffix
from grader.cli import FULL, LOST, OURS
from grader.cli.course import the_course
from grader.cli.debug import debug, file_to_debug
from grader.cli.isolation import opened
from grader.cli.output import GivenPath, ReportPath, keep, refuse_over, working, write
from grader.course import load_exercises
from grader.errors import GradeError, UsageError, no_such
from grader.files import link_in
from grader.grading import grade
from grader.model.exercise import Exercise
from grader.model.report import ExerciseReport, Report, State
from grader.progress import remember
from grader.report import FORMATS, writer
from grader.sandbox.client import Isolation, Sandbox
from grader.sandbox.text import printable
from grader.submission import Source, UnreadableError, read_submission
from grader.watching import working_copy

UNFINISHED = "The marking was not finished when this was written."


@click.command()
@click.argument("names", nargs=-1)
@click.option("--submission", type=GivenPath(), help="Mark this file, folder or archive.")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="terminal", show_default=True)
@click.option("--output", type=ReportPath(), help="Write the report here, not to the terminal.")
@click.option(
    "--isolation",
    type=click.Choice([str(one) for one in Isolation]),
    help="What is to keep the submission apart; on CI `strict`, elsewhere `auto`.",
)
@click.option("--debug", "is_debug", is_flag=True, help="Run the file unisolated on an input that fails.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when points were lost.")
def mark(
    names: tuple[str, ...],
    submission: Path | None,
    format_: str,
    output: Path | None,
    isolation: str | None,
    *,
    is_debug: bool,
    exit_zero: bool,
) -> int:
    """Mark the exercises found, or those named.

    With `--debug` one exercise's file runs in this process on the smallest input that fails, so that
    `breakpoint()`, prints and tracebacks work. Nothing is isolated then, and the run does not count.

    Exits with 0 for full marks, 1 when a promise is not kept, 2 for wrong usage, 3 when a test is at fault.
    """
    refuse_over(output, [submission] if submission else [])
    render = writer(format_)
    reports: list[ExerciseReport] = []
    keep(render(Report("none", (), State.RUNNING, UNFINISHED)), output)
    try:
        course = the_course()
        exercises = load_exercises(course)
        chosen = _chosen(names, exercises, submission)
        debugged = _to_debug(chosen, submission) if is_debug else None
        with opened(isolation) as sandbox:
            for exercise in chosen if debugged is None else ():
                # Whoever kills this process finds how far it came.
                keep(render(Report(sandbox.isolation, tuple(reports), State.RUNNING, UNFINISHED)), output)
                source = _source(exercise, submission, exercises)
                reports.append(_marked(exercise, source, sandbox))
            if debugged:
                report = debug(chosen[0], debugged, sandbox, format_)
            else:
                report = Report(sandbox.isolation, tuple(reports))
    except Exception as error:
        expected = isinstance(error, GradeError | OSError)
        why = str(error) if expected else f"the grader failed: {type(error).__name__}"
        refused = render(Report("none", tuple(reports), State.REFUSED, printable(why)))
        if output or format_ != "terminal":
            _refuse(refused, output)
        raise
    write(render(report), output)
    if submission is None and report.counts:
        remember(course, report)
    return _exit_code(report.exercises, exit_zero=exit_zero)


def _refuse(text: str, output: Path | None) -> None:
    """Leaves word in the place of a report, if that can be done; the error itself is told in any case."""
    with suppress(UsageError):
        write(text, output)


def _chosen(
    names: tuple[str, ...], exercises: dict[str, Exercise], submission: Path | None
) -> list[Exercise]:
    for name in names:
        if name not in exercises:
            raise no_such("exercise", name, exercises)
    if not exercises:
        raise UsageError("this course has no exercises; see `exercises/` in the README")
    chosen = [exercises[name] for name in dict.fromkeys(names)] or list(exercises.values())
    if submission and len(chosen) > 1 and submission.is_file() and not archive_suffix(submission.name):
        raise UsageError(f"`{submission}` is one file; say for which exercise: `grade NAME --submission …`")
    return chosen


def _to_debug(chosen: list[Exercise], submission: Path | None) -> Path:
    if len(chosen) > 1:
        raise UsageError("`--debug` takes one exercise: `grade --debug NAME`")
    return file_to_debug(chosen[0], submission)


def _source(
    exercise: Exercise, submission: Path | None, exercises: dict[str, Exercise]
) -> Source | UnreadableError | None:
    if submission is None:
        return working_copy(exercise)
    try:
        return read_submission(submission, exercise.id, others=exercises.keys())
    except UnreadableError as error:
        return error
    except UsageError as error:
        # What stands in a folder is the student's doing; the path itself is the caller's.
        if submission.is_dir() and not link_in(submission):
            return UnreadableError(f"{error}.")
        raise


def _marked(exercise: Exercise, source: Source | UnreadableError | None, sandbox: Sandbox) -> ExerciseReport:
    with working(f"marking {exercise.id}"):
        return grade(exercise, source, sandbox)


def _exit_code(reports: tuple[ExerciseReport, ...], *, exit_zero: bool) -> int:
    if any(report.is_broken for report in reports):
        return OURS
    return FULL if exit_zero or all(report.is_kept for report in reports) else LOST
