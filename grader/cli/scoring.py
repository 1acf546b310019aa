"""Writes what `grade score` found: scores, pages, what waits for a person, what amendments changed."""

import importlib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from grader.errors import Finding, UsageError
from grader.exam.amendments import Amendments
from grader.exam.marks import Mark, marks_csv, marks_yaml
from grader.exam.papers import Standing
from grader.files import read_file, write_file
from grader.model.item import Bank
from grader.report.changes import changes_to_csv, changes_to_terminal, trail
from grader.report.paper import paper_to_json, paper_to_terminal
from grader.report.scores import scores_to_csv, scores_to_json, scores_to_terminal
from grader.sandbox.text import one_line

CHANGES, TRAIL = "changes.csv", "trail.jsonl"
MAX_TRAIL = 256 * 2**20
MAX_NAMED = 3
"""Pages of an earlier run that are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of all papers, with what was found beside them; `is_many` where a folder was marked."""

    standings: tuple[Standing, ...]
    findings: tuple[Finding, ...]
    is_many: bool
    amendments: Amendments | None = None

    @property
    def has_result(self) -> bool:
        """Whether there is more to report than what could not be read."""
        return self.is_many or any(not one.error for one in self.standings)


def _to_terminal(outcome: Outcome) -> str:
    if outcome.is_many:
        text = scores_to_terminal(outcome.standings)
    else:
        is_one = len(outcome.standings) == 1
        marked = [one for one in outcome.standings if not one.error]
        headings = ["" if is_one else f"{one_line(str(one.path))}\n" for one in marked]
        text = "\n".join(
            heading + paper_to_terminal(one.results, sections=one.sections)
            for heading, one in zip(headings, marked, strict=True)
        )
    if outcome.amendments:
        text += "\n" + changes_to_terminal(outcome.standings, outcome.amendments)
    return text


def _to_json(outcome: Outcome) -> str:
    if len(outcome.standings) == 1 and not outcome.is_many:
        return paper_to_json(outcome.standings[0].results, outcome.standings[0].findings)
    return scores_to_json(outcome.standings)


def _to_csv(outcome: Outcome) -> str:
    return scores_to_csv(outcome.standings)


FORMATS: Mapping[str, Callable[[Outcome], str]] = {
    "terminal": _to_terminal,
    "json": _to_json,
    "csv": _to_csv,
}


def write_pages(outcome: Outcome, folder: Path) -> None:
    """A page for each student, and one for the instructor.

    Raises:
        UsageError: a page cannot be written.
    """
    # Of the formats only this one needs what sets formulas and draws, which takes a while to import.
    room = importlib.import_module("grader.export.marked")
    pictures = importlib.import_module("grader.report.class_pictures").class_pictures(outcome.standings)
    written = set()
    for name, text in room.pages(outcome.standings, outcome.findings, outcome.amendments, pictures):
        write_file(folder / name, text.encode("utf-8", "backslashreplace"))
        written.add(_normal(folder / name))
    click.echo(one_line(str(folder / room.INDEX)))
    _tell_of_others(folder / room.PAGES, written)


def _tell_of_others(folder: Path, written: set[str]) -> None:
    """Names the pages of an earlier run that nothing links to any more; whose they are is not ours to say."""
    others = sorted(path.name for path in folder.glob("*.html") if _normal(path) not in written)
    if others:
        pages = "1 page is" if len(others) == 1 else f"{len(others):,} pages are"
        names = ", ".join(f"`{name}`" for name in others[:MAX_NAMED])
        more = " and more" if len(others) > MAX_NAMED else ""
        told = f"{pages} left of an earlier run in `{folder}`: {names}{more}; take out what is not wanted"
        click.echo(one_line(told), err=True)


def _normal(path: Path) -> str:
    """Some file systems give back a name in other code points or capitals than it was written with."""
    return unicodedata.normalize("NFC", str(path)).casefold()


def write_pending(waits: Sequence[Mark], path: Path) -> None:
    """Writes what a person has to decide; never over what somebody filled in.

    Raises:
        UsageError: another file is there.
    """
    text = marks_yaml(waits) if path.suffix.lower() in (".yaml", ".yml") else marks_csv(waits)
    data = text.encode("utf-8")
    if path.exists() and path.is_file() and path.read_bytes() != data:
        raise UsageError(f"`{path}` is there already, and perhaps filled in; name another file")
    write_file(path, data)
    lines = "1 line" if len(waits) == 1 else f"{len(waits)} lines"
    click.echo(f"{lines} for a person in {one_line(str(path))}", err=True)


def write_changes(outcome: Outcome, bank: Bank, folder: Path) -> None:
    """Writes scores before and after, and adds to the trail what it does not have yet.

    Raises:
        UsageError: a file cannot be read or written.
    """
    if outcome.amendments is None:
        return
    table = changes_to_csv(outcome.standings, outcome.amendments)
    lines = trail(outcome.standings, outcome.amendments, bank)
    before = _trail_so_far(folder / TRAIL)
    known = set(before.split(b"\n"))
    new = [line for line in (text.encode("ascii") for text in lines) if line not in known]
    write_file(folder / CHANGES, table.encode("utf-8", "backslashreplace"))
    if new:
        end = b"" if not before or before.endswith(b"\n") else b"\n"
        write_file(folder / TRAIL, before + end + b"\n".join(new) + b"\n")


def _trail_so_far(path: Path) -> bytes:
    try:
        data = read_file(path, MAX_TRAIL)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise UsageError(f"`{path}` cannot be read: {error.strerror}") from None
    if len(data) > MAX_TRAIL:
        raise UsageError(f"`{path}` is too large to go on with; move it away and keep it")
    return data
