"""A marked paper as a student, or a program, reads it."""

from collections.abc import Sequence
from fractions import Fraction
from textwrap import fill
from typing import Any

from rich.console import Console
from rich.text import Text

from grader.errors import Finding
from grader.model.form import ItemResult, Section
from grader.model.score import in_points, plain_number, show_points, total
from grader.quiz.tex import readable
from grader.report.canvas import drawn
from grader.report.json import VERSION, score_tree, written
from grader.sandbox.text import one_line, printable

INDENT = "      "


def paper_to_json(results: Sequence[ItemResult], findings: Sequence[Finding] = ()) -> str:
    """The results as JSON, version 1, with what of the paper could not be used."""
    return written({"version": VERSION, **paper_tree(results, findings)})


def paper_tree(results: Sequence[ItemResult], findings: Sequence[Finding]) -> dict[str, Any]:
    """One paper as it stands in JSON."""
    return {
        "score": score_tree(total(result.score for result in results)),
        "items": [
            {
                "id": result.id,
                "score": score_tree(result.score),
                "response": result.response,
                "correct": result.correct,
                "feedback": result.feedback,
                "pending": [
                    {"criterion": one.criterion, "points": plain_number(one.points)} for one in result.pending
                ],
                # Only where amendments were made.
                **({"amended": list(result.amended)} if result.amended else {}),
            }
            for result in results
        ],
        "findings": [str(finding) for finding in findings],
    }


def refused_to_json(message: str) -> str:
    """That a paper could not be marked, as JSON: no score, and why."""
    tree: dict[str, Any] = {
        "version": VERSION,
        "score": None,
        "items": [],
        "findings": [],
        "message": message,
    }
    return written(tree)


def paper_to_terminal(
    results: Sequence[ItemResult], _: Sequence[Finding] = (), *, sections: Sequence[Section] = ()
) -> str:
    """A line an item, with a sentence for those that are not right; the sum of each section, then of all."""

    def draw(console: Console) -> None:
        for result in results:
            console.print(_line(result), soft_wrap=True)
            told = " ".join((*result.amended, "" if result.correct else _feedback(result))).strip()
            if told:
                console.print(Text(_told(told, console.width)), soft_wrap=True)
        for section in sections:
            names = {question.item.id for question in section.questions}
            own = [result for result in results if result.id in names]
            console.print(Text(f"{one_line(readable(section.title))}: {_total(own)}"), soft_wrap=True)
        console.print(Text(f"Total: {_total(results)}", style="bold"))

    return drawn(draw)


def _total(results: Sequence[ItemResult]) -> str:
    waiting = sum((one.points for result in results for one in result.pending), Fraction(0))
    more = f"; {show_points(waiting)} more wait for a person" if waiting else ""
    return f"{total(result.score for result in results)} points{more}"


def _feedback(result: ItemResult) -> str:
    """The feedback, after what a person has still to decide."""
    waiting = "; ".join(f"{one.criterion} ({in_points(one.points)})" for one in result.pending)
    return f"A person decides: {waiting}. {result.feedback}" if waiting else result.feedback


def _told(feedback: str, width: int) -> str:
    """The feedback under its item; made harmless last, when every line has its beginning."""
    shown = readable(" ".join(feedback.split()))
    return printable(fill(shown, max(width, 40), initial_indent=INDENT, subsequent_indent=INDENT))


def _line(result: ItemResult) -> Text:
    sign, word, color = sign_of(result)
    return Text.assemble("  ", (f"{sign} {word}", color), f"  {printable(result.id)}  {result.score}")


def sign_of(result: ItemResult) -> tuple[str, str, str]:
    """How a response stands: a sign, a word, a color."""
    if not result.score.possible and result.amended:
        return "–", "dropped", "yellow"
    if result.correct is not None:
        return ("✓", "right", "green") if result.correct else ("✗", "not right", "red")
    if result.response is None:
        return "·", "blank", "yellow"
    return ("…", "to be marked", "yellow") if result.pending else ("?", "not marked", "yellow")


FORMATS = {"terminal": paper_to_terminal, "json": paper_to_json}
