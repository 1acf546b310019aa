"""What amendments did to scores: before and after, and a trail for whoever audits it."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.exam.amending import item_hash
from grader.exam.amendments import Amendment, Amendments
from grader.exam.changes import change_text, changed, earned_change, effective
from grader.exam.marks import harmless
from grader.exam.papers import Standing
from grader.model.item import Bank
from grader.model.score import plain_number
from grader.report.canvas import drawn
from grader.report.json import VERSION, score_tree
from grader.sandbox.text import one_line

COLUMNS = ("student", "paper", "before", "possible before", "after", "possible after", "change", "amendments")


def changes_to_terminal(standings: Sequence[Standing], amendments: Amendments) -> str:
    """A line for each student whose points are others now, then for how many only the possible ones are."""
    different = changed(standings)
    moved = [one for one in different if earned_change(one)]
    others = len(different) - len(moved)

    def draw(console: Console) -> None:
        if moved:
            table = Table(box=None, pad_edge=False, show_edge=False)
            table.add_column("student", overflow="fold")
            for name in ("before", "after", "change"):
                table.add_column(name, justify="right", no_wrap=True)
            table.add_column("amendments")
            for one in moved:
                cells = (one_line(one.student), str(one.before), str(one.score), change_text(one))
                table.add_row(*map(Text, (*cells, ", ".join(effective(one, amendments)))))
            console.print(table)
        if others:
            students = "1 student" if others == 1 else f"{others:,} students"
            console.print(Text(f"only the possible points changed: {students}"))
        told = "1 score is" if len(different) == 1 else f"{len(different):,} scores are"
        console.print(Text(f"{told} another one now", style="bold"))

    return drawn(draw)


def changes_to_csv(standings: Sequence[Standing], amendments: Amendments) -> str:
    """A row for each student who was marked, whether the score changed or not."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in standings:
        if one.before is not None:
            before, after = one.before, one.score
            points = (before.earned, before.possible, after.earned, after.possible)
            cells = [*points, after.earned - before.earned]
            names = [harmless(one_line(name)) for name in (one.student, one.paper or "")]
            told = harmless("; ".join(effective(one, amendments)))
            writer.writerow([*names, *map(plain_number, cells), told])
    return text.getvalue()


def trail(standings: Sequence[Standing], amendments: Amendments, bank: Bank) -> list[str]:
    """A line of JSON for each amendment: who did what and why, to which key, and whose scores it touched.

    One that no paper has the item of is left out. The same papers and amendments give the same lines; the
    dates are those of the amendments.
    """
    return [
        json.dumps(_entry(index, entry, standings, bank), ensure_ascii=True)
        for index, entry in enumerate(amendments.amendments)
        if any(step.amendment == index for one in standings for step in one.steps)
    ]


def _entry(index: int, entry: Amendment, standings: Sequence[Standing], bank: Bank) -> dict[str, Any]:
    touched = [(one, step) for one in standings for step in one.steps if step.amendment == index]
    return {
        "version": VERSION,
        "date": entry.date,
        "by": entry.by,
        "reason": entry.reason,
        "item": entry.item,
        "part": entry.part,
        "action": entry.action,
        "accepted": list(entry.also_accept),
        "paper": entry.paper,
        "blueprint": entry.blueprint,
        "bank_item": f"sha256:{item_hash(bank, entry.item)}",
        "papers": sorted({one.paper for one, _ in touched if one.paper}),
        "scores": [
            {
                "student": one.student,
                "paper": one.paper,
                "before": score_tree(step.before),
                "after": score_tree(step.after),
            }
            for one, step in touched
        ],
    }
