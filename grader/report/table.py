"""A report as a table in HTML, for a notebook."""

from collections.abc import Iterator
from html import escape

from grader.model.report import ExerciseReport, Report, Status, TestResult, Verdict
from grader.model.score import show_points
from grader.report.terminal import NOT_COUNTING, SIGNS, standing

TOP = "text-align:left;vertical-align:top"
CODE = "margin:0.3em 0;white-space:pre-wrap;background:transparent"


def to_table(report: Report) -> str:
    """A table an exercise: the promise, whether it is kept, and under it what was seen."""
    parts = [part for exercise in report.exercises for part in _exercise(exercise)]
    parts += [f"<p>{escape(told)}</p>" for told in _told(report)]
    return "\n".join(parts) + "\n"


def _told(report: Report) -> Iterator[str]:
    if report.message:
        yield report.message
    if not report.counts:
        yield NOT_COUNTING
    yield f"isolation: {report.isolation}"


def _exercise(exercise: ExerciseReport) -> Iterator[str]:
    yield f"<p><b>{escape(exercise.title)}</b> · {escape(standing(exercise))}</p>"
    yield from (f"<p>{_lines(text)}</p>" for text in (exercise.message, *exercise.notes) if text)
    if exercise.printed:
        yield f"<p>while it was imported, your code printed:</p>{_code(exercise.printed)}"
    if exercise.status not in (Status.GRADED, Status.STOPPED):
        return
    yield f'<table style="{TOP}">'
    yield from (_row(test) for test in exercise.tests)
    yield "</table>"
    diagnosis = next((test.diagnosis for test in exercise.tests if test.diagnosis), None)
    if diagnosis:
        yield f"<p>This behaves like code that {_lines(diagnosis.mistake)}.<br>{_lines(diagnosis.hint)}</p>"


def _row(test: TestResult) -> str:
    sign, word, _ = SIGNS[test.verdict]
    points = f"{show_points(test.score.earned)}/{show_points(test.score.possible)}"
    cells = [
        f'<td style="{TOP};white-space:nowrap">{sign} {escape(word)}</td>',
        f'<td style="{TOP}">{_lines(test.title)}{"".join(_seen(test))}</td>',
        f'<td style="{TOP}">{points if test.score.possible else ""}</td>',
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _seen(test: TestResult) -> Iterator[str]:
    if test.message:
        yield f"<br>{_lines(test.message)}"
    if test.counterexample:
        yield f"<br>the smallest input found:{_code(test.counterexample)}"
    if test.printed and test.verdict is not Verdict.PASSED:
        yield f"<br>your code printed:{_code(test.printed)}"


def _lines(text: str) -> str:
    return "<br>".join(map(escape, text.split("\n")))


def _code(text: str) -> str:
    return f'<pre style="{CODE}">{escape(text)}</pre>'
