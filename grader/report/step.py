"""One step of the way: a single promise that is not kept yet, and how far the course is done."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from grader.model.report import ExerciseReport, TestResult
from grader.report.canvas import drawn
from grader.report.terminal import heading, look_alike, promise
from grader.testing.wording import count

KEYS = "n next · h hint · a all · q quit"
DONE, OPEN = "■", "□"


def to_step(
    report: ExerciseReport, failing: Sequence[TestResult], shown: int, *, solved: int, exercises: int
) -> str:
    """The failing promise with the index `shown`, then the course: how many of its exercises are solved."""

    def draw(console: Console) -> None:
        for line in heading(report):
            console.print(line, soft_wrap=True)
        for line in _step(report, failing, shown):
            console.print(line, soft_wrap=True)
        console.print(_course(solved, exercises), soft_wrap=True)
        console.print(Text(KEYS, style="dim"), soft_wrap=True)

    return drawn(draw)


def _step(report: ExerciseReport, failing: Sequence[TestResult], shown: int) -> list[Text]:
    if report.is_kept:
        return [Text("  Every promise is kept.", style="green")]
    if not failing or report.message:  # which says why nothing was tried
        return []
    test = failing[shown]
    kept = len(report.tests) - len(failing)
    told = f"{kept} of {len(report.tests)} promises kept; shown: {shown + 1} of {len(failing)} to go"
    return [*promise(test), *look_alike((test,)), Text(f"  {told}", style="dim")]


def _course(solved: int, exercises: int) -> Text:
    bar = DONE * solved + OPEN * (exercises - solved)
    return Text(f"{bar}  {solved} of {count(exercises, 'exercise')} solved")
