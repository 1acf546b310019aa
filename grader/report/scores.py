"""The scores of many papers: a table to read, a table for a spreadsheet, JSON for a program."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.exam.marks import harmless
from grader.exam.papers import Standing
from grader.exam.statistics import in_short
from grader.model.form import ItemResult
from grader.model.score import plain_number, show_points
from grader.report.canvas import drawn
from grader.report.json import VERSION, written
from grader.report.paper import paper_tree
from grader.sandbox.text import one_line

COLUMNS = ("student", "paper", "score", "possible", "waiting", "findings")


def scores_to_terminal(standings: Sequence[Standing]) -> str:
    """A line a student, then how many there are and what they earned on average."""

    def draw(console: Console) -> None:
        table = Table(box=None, pad_edge=False, show_edge=False)
        table.add_column("student", overflow="fold")
        table.add_column("score", justify="right", no_wrap=True)
        table.add_column("")
        for one in standings:
            table.add_row(*map(Text, (one_line(one.student), score_text(one), "; ".join(_remarks(one)))))
        console.print(table)
        console.print(Text(in_short(standings), style="bold"))

    return drawn(draw)


def score_text(one: Standing) -> str:
    """The score, or that there is none."""
    return "not marked" if one.error else str(one.score)


def _remarks(one: Standing) -> Iterable[str]:
    if one.waiting:
        yield f"{show_points(one.waiting)} more wait for a person"
    rules = Counter(finding.rule for finding in one.findings)
    if rules:
        yield ", ".join(rule if count == 1 else f"{count} × {rule}" for rule, count in rules.items())


def scores_to_csv(standings: Sequence[Standing]) -> str:
    """A row a student with the points of each item, safe to open in a spreadsheet.

    An item that is not on a student's paper is an empty cell, and so is every score that there is not.
    """
    items = list(dict.fromkeys(result.id for one in _in_order(standings) for result in one.results))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *items])
    for one in standings:
        points = {result.id: str(plain_number(result.score.earned)) for result in one.results}
        writer.writerow([*_cells(one), *(points.get(name, "") for name in items)])
    return text.getvalue()


def _in_order(standings: Iterable[Standing]) -> list[Standing]:
    """By paper, so that the columns are the same whoever handed in first."""
    return sorted(standings, key=lambda one: one.paper or "")


def _cells(one: Standing) -> Iterable[str]:
    yield harmless(one_line(one.student))
    yield harmless(one_line(one.paper or ""))
    yield "" if one.error else str(plain_number(one.score.earned))
    yield "" if one.error else str(plain_number(one.score.possible))
    yield "" if one.error else str(plain_number(one.waiting))
    yield harmless(one_line("; ".join(f"{finding.rule}: {finding.what}" for finding in one.findings)))


def scores_to_json(standings: Sequence[Standing]) -> str:
    """All papers in one document, each as it would be by itself; one without a score says why."""
    return written({"version": VERSION, "papers": [_tree(one) for one in standings]})


def _tree(one: Standing) -> dict[str, Any]:
    results: Sequence[ItemResult] = one.results
    tree = paper_tree(results, one.findings)
    return {
        "student": one.student,
        "file": str(one.path),
        "paper": one.paper,
        **tree,
        "score": None if one.error else tree["score"],
        "waiting": plain_number(one.waiting),
        "message": str(one.error) if one.error else None,
    }
