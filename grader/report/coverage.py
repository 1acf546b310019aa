"""Shows the coverage of the curriculum as a table, one line a topic."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from grader.audit.coverage import Covered
from grader.curriculum import KINDS
from grader.report.canvas import drawn


def coverage_to_terminal(rows: Sequence[Covered], *, missing: bool = False) -> str:
    """How many entries of each sort have an item or exercise, by digest and topic; then those without."""
    tables = [_table(digest, rows) for digest in dict.fromkeys(row.digest for row in rows)]

    def draw(console: Console) -> None:
        for table in tables:
            console.print(table)
            console.print()
        if not rows:
            console.print("No list of the curriculum stands in `question_bank/curriculum/`.")
            return
        console.print(f"All: {_share(rows)} entries have an item or exercise.")
        if missing:
            for row in rows:
                if row.missing:
                    console.print(f"{row.digest} {row.topic}, {row.kind}: {' '.join(row.missing)}")

    return drawn(draw)


def _table(digest: str, rows: Sequence[Covered]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", title_justify="left")
    table.add_column(digest)
    for kind in (*KINDS, "all"):
        table.add_column(kind, justify="right")
    own = [row for row in rows if row.digest == digest]
    for topic in dict.fromkeys(row.topic for row in own):
        table.add_row(topic, *_cells([row for row in own if row.topic == topic]))
    table.add_row("all topics", *_cells(own), style="bold")
    return table


def _cells(rows: Sequence[Covered]) -> list[str]:
    return [_share([row for row in rows if row.kind == kind]) for kind in KINDS] + [_share(rows)]


def _share(rows: Sequence[Covered]) -> str:
    entries = sum(row.entries for row in rows)
    return f"{sum(row.covered for row in rows)} of {entries}" if entries else ""
