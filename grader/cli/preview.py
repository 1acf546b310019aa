"""`grade preview`: shows an item as students and markers will see it."""

import re
from pathlib import Path

import click
from rich.console import Console
from rich.markdown import Markdown

from grader.bank import read_bank
from grader.cli.course import the_course
from grader.cli.output import ReportPath, write
from grader.errors import ContentError, UsageError, no_such
from grader.export.html import page
from grader.export.preview import preview_markdown
from grader.model.item import Bank, Item
from grader.quiz.parameters import DrawError
from grader.quiz.tex import readable, with_formulas
from grader.report.canvas import drawn

MAX_SEED = 10**9
MAX_DRAWS = 100
SEEDS = 5
"""So many seeds are tried for each draw that is wanted, since some give the same."""
_MARKUP = re.compile(r"([\\*_`\[\]<>|])")


@click.command()
@click.argument("name", metavar="ITEM")
@click.option("--seed", type=click.IntRange(0, MAX_SEED), help="One draw: that of this seed.")
@click.option("--draws", type=click.IntRange(1, MAX_DRAWS), default=3, show_default=True, help="How many.")
@click.option("--html", type=ReportPath(), help="Write a page for the browser, with real formulas.")
def preview(name: str, seed: int | None, draws: int, html: Path | None) -> None:
    """Show an ITEM of the bank: as a student sees it, then its key, feedback and explanation.

    An item with parameters is shown in several draws.
    """
    bank, item = _item(the_course("question_bank"), name)
    seeds = range(SEEDS * draws if item.params else 1) if seed is None else [seed]
    try:
        text = preview_markdown(item, bank.topics[name], seeds, draws)
    except DrawError as error:
        raise UsageError(f"`{name}` cannot be drawn: {error}") from None
    if html:
        write(page(name, text), html)
        click.echo(f"{html} is written")
        return
    lines = drawn(lambda console: _show(console, text)).splitlines()
    click.echo("\n".join(line.rstrip() for line in lines))  # rich fills them up with spaces


def _item(course: Path, name: str) -> tuple[Bank, Item]:
    bank, findings = read_bank(course / "question_bank")
    if name in bank.items:
        return bank, bank.items[name]
    if name in bank.places:
        # It is there, and something about it, or about its file, has to be mended first.
        path = bank.places[name].path
        raise ContentError([finding for finding in findings if finding.path == path])
    raise no_such("item", name, bank.places)


def _show(console: Console, text: str) -> None:
    """The text with its formulas in Unicode, none of whose signs is taken for markup."""
    plain = with_formulas(text, lambda formula, _: _MARKUP.sub(r"\\\1", readable(f"${formula}$")))
    console.print(Markdown(plain.replace(r"\$", "$")))
