"""A marked paper as a student, or a program, reads it."""

import json
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from grader.model.form import ItemResult
from grader.model.score import total
from grader.quiz.tex import readable
from grader.report.canvas import drawn
from grader.report.json import VERSION, score_tree
from grader.sandbox.text import printable


def paper_to_json(results: Sequence[ItemResult]) -> str:
    """The results as JSON, version 1."""
    tree = {
        "version": VERSION,
        "score": score_tree(total(result.score for result in results)),
        "items": [
            {
                "id": result.id,
                "score": score_tree(result.score),
                "response": result.response,
                "correct": result.correct,
                "feedback": result.feedback,
            }
            for result in results
        ],
    }
    return json.dumps(tree, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def paper_to_terminal(results: Sequence[ItemResult]) -> str:
    """A line an item, with a sentence for those that are not right, then the sum."""

    def draw(console: Console) -> None:
        for result in results:
            console.print(_line(result), soft_wrap=True)
            if result.correct is not True:
                console.print(Text(f"      {printable(readable(' '.join(result.feedback.split())))}"))
        console.print(Text(f"Total: {total(result.score for result in results)} points", style="bold"))

    return drawn(draw)


def _line(result: ItemResult) -> Text:
    if result.correct is None:
        sign, word, color = (
            ("·", "blank", "yellow") if result.response is None else ("?", "not marked", "yellow")
        )
    else:
        sign, word, color = ("✓", "right", "green") if result.correct else ("✗", "not right", "red")
    return Text.assemble("  ", (f"{sign} {word}", color), f"  {printable(result.id)}  {result.score}")


FORMATS = {"terminal": paper_to_terminal, "json": paper_to_json}
