"""`grade demo`: the main job on shipped example submissions and a filled-in paper."""

from collections.abc import Iterator
from pathlib import Path

import click

from grader.bank import load_bank
from grader.cli import FULL, OURS
from grader.cli.course import the_course
from grader.course import load_exercises
from grader.errors import UsageError
from grader.exam.marking import mark_responses
from grader.exam.responses import read_responses
from grader.grading import grade_all
from grader.model.exercise import Exercise
from grader.model.report import ExerciseReport, Verdict
from grader.model.score import total
from grader.sandbox.client import Sandbox
from grader.submission import read_source

EXAMPLES = Path("tests", "examples")


@click.command()
def demo() -> int:
    """Mark a correct and a wrong example submission of each exercise, then a filled-in practice paper.

    Exits with 0 when the correct ones earn full marks and the wrong ones do not.
    """
    course = the_course()
    examples = course / EXAMPLES
    if not examples.is_dir():
        raise UsageError(f"`{examples}` is not there; the demo runs in a clone of the whole repository")
    as_expected = True
    with Sandbox() as sandbox:
        for exercise in load_exercises(course).values():
            folder = examples / exercise.id
            if folder.is_dir():
                correct, wrong = _marked(exercise, folder, sandbox)
                for line in (*_lines("correct.py", correct), *_lines("wrong.py", wrong)):
                    click.echo(line)
                as_expected &= correct.is_kept and not wrong.score.is_full
    _mark_paper(course, examples / "practice_paper.yaml")
    return FULL if as_expected else OURS


def _marked(exercise: Exercise, folder: Path, sandbox: Sandbox) -> list[ExerciseReport]:
    return grade_all(exercise, [read_source(folder / name) for name in ("correct.py", "wrong.py")], sandbox)


def _lines(name: str, report: ExerciseReport) -> Iterator[str]:
    """The score; under it the first promise that is not kept, what was seen and the mistake it looks like."""
    yield f"{report.id:<14} {name:<11} {report.score} points"
    failed = next((test for test in report.tests if test.verdict is not Verdict.PASSED), None)
    if failed is None:
        return
    yield f"    promised: {failed.title}"
    yield f"    seen:     {failed.message}"
    if failed.counterexample:
        yield "    on:       " + failed.counterexample.replace("\n", "\n              ")
    if failed.diagnosis:
        yield f"    This behaves like code that {failed.diagnosis.mistake}."
        yield f"    {failed.diagnosis.hint}"


def _mark_paper(course: Path, path: Path) -> None:
    results = mark_responses(course, load_bank(course / "question_bank"), read_responses(path)).results
    right = sum(result.correct is True for result in results)
    blank = sum(result.response is None for result in results)
    click.echo(f"{path.name}: {total(r.score for r in results)} points")
    click.echo(
        f"    {right} of {len(results)} right, {blank} left blank; `grade score {path.name}` says more"
    )
