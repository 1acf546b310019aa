"""A report as a student reads it in a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from grader.model.report import ExerciseReport, Report, Status, TestResult, Verdict
from grader.model.score import show_points
from grader.report.canvas import drawn

SIGNS = {
    Verdict.PASSED: ("✓", "kept", "green"),
    Verdict.FAILED: ("✗", "not kept", "red"),
    Verdict.BLOCKED: ("·", "blocked", "yellow"),
    Verdict.BROKEN: ("!", "our fault", "magenta"),
}
MAX_PRINTED_LINES = 10
NOT_COUNTING = "This run does not count: the code ran without isolation, and no progress was kept."
INDENT = "      "


def to_terminal(report: Report) -> str:
    """One block an exercise; what is not kept with the promise first, then what was seen."""

    def draw(console: Console) -> None:
        for exercise in report.exercises:
            for line in _exercise(exercise):
                console.print(line, soft_wrap=True)
        if report.message:
            console.print(Text(report.message, style="yellow"), soft_wrap=True)
        elif len(report.exercises) > 1:
            console.print(Text(f"Total: {_total(report)}", style="bold"))
        if not report.counts:
            console.print(Text(NOT_COUNTING, style="yellow"), soft_wrap=True)
        console.print(Text(f"isolation: {report.isolation}", style="dim"))

    return drawn(draw)


def _total(report: Report) -> str:
    if report.score.possible or not report.exercises:
        return f"{report.score} points"
    tests = [test for exercise in report.exercises for test in exercise.tests]
    kept = sum(test.verdict is Verdict.PASSED for test in tests)
    return f"{kept} of {len(tests)} public promises kept"


def _exercise(exercise: ExerciseReport) -> Iterator[Text]:
    yield from heading(exercise)
    if exercise.status in (Status.GRADED, Status.STOPPED):
        for test in exercise.tests:
            yield from promise(test)
        yield from look_alike(exercise.tests)
    yield Text("")


def heading(exercise: ExerciseReport) -> Iterator[Text]:
    """The exercise, its points and what is to be said before any test."""
    yield Text.assemble((exercise.title, "bold"), f"  {exercise.id}  {standing(exercise)}")
    if exercise.message:
        yield Text(_indented(exercise.message, "  "), style="yellow")
    if exercise.printed:
        yield from _printed(exercise.printed, "  while it was imported, your code printed:")
    for note in exercise.notes:
        yield Text(_indented(note, "  "), style="dim")


def standing(exercise: ExerciseReport) -> str:
    """The points; where there are none to be had, how many promises are kept."""
    if exercise.score.possible:
        return f"{exercise.score} points"
    kept = sum(test.verdict is Verdict.PASSED for test in exercise.tests)
    return f"{kept} of {len(exercise.tests)} public promises kept"


def promise(test: TestResult) -> Iterator[Text]:
    """One promise: whether it is kept, and what was seen."""
    sign, word, color = SIGNS[test.verdict]
    earned, possible = show_points(test.score.earned), show_points(test.score.possible)
    points = f"  {earned}/{possible}" if test.score.possible else ""
    yield Text.assemble("  ", (f"{sign} {word}", color), f"  {test.title}{points}")
    if test.message:
        yield Text(_indented(test.message, INDENT))
    if test.counterexample:
        yield Text(f"{INDENT}the smallest input found:", style="dim")
        yield Text(_indented(test.counterexample, f"{INDENT}  "))
    if test.printed and test.verdict is not Verdict.PASSED:
        yield from _printed(test.printed, f"{INDENT}your code printed:")


def look_alike(tests: Sequence[TestResult]) -> Iterator[Text]:
    """The well-known mistake that the code behaves like, once for all tests."""
    diagnosis = next((test.diagnosis for test in tests if test.diagnosis), None)
    if diagnosis:
        yield Text(f"  This behaves like code that {diagnosis.mistake}.", style="cyan")
        yield Text(_indented(diagnosis.hint, "  "), style="cyan")


def _printed(text: str, head: str) -> Iterator[Text]:
    lines = text.rstrip("\n").split("\n")
    yield Text(head, style="dim")
    for line in lines[:MAX_PRINTED_LINES]:
        yield Text(f"{INDENT}  | {line[:200]}", style="dim")
    if len(lines) > MAX_PRINTED_LINES:
        yield Text(f"{INDENT}  | and {len(lines) - MAX_PRINTED_LINES} lines more", style="dim")


def _indented(text: str, indent: str) -> str:
    return "\n".join(f"{indent}{line}" for line in text.splitlines())
