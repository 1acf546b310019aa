"""Writes marked papers as pages that need nothing else: one for each student, one for the instructor."""

import hashlib
import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup

from grader.errors import Finding
from grader.exam.amendments import Amendments
from grader.exam.changes import change_text, changed, effective
from grader.exam.papers import Standing
from grader.exam.statistics import ItemStatistics, counted, in_short, item_statistics
from grader.export.answered import Asking
from grader.export.html import FILTERS
from grader.export.typeset import templates
from grader.model.score import show_points
from grader.sandbox.text import one_line, printable

INDEX, PAGES = "index.html", "students"
MAX_NAME_BYTES = 200
"""Most file systems take 255 bytes; `write_file` needs some for the name of its temporary file."""
_KEPT_TEXTS = 8192


@dataclass(frozen=True, slots=True)
class Row:
    """A student in the instructor's table."""

    student: str
    href: str
    paper: str
    score: str
    share: str
    waiting: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in the instructor's table; `is_negative` where those who did well otherwise did worse on it."""

    item: ItemStatistics
    right: str
    mean: str
    discrimination: str
    is_negative: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A student whose score amendments changed."""

    student: str
    before: str
    after: str
    change: str
    amendments: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All that stands on the instructor's page; `pictures`, of the scores and of the items, are SVG."""

    title: str
    in_short: str
    rows: tuple[Row, ...]
    items: tuple[ItemLine, ...]
    changes: tuple[Change, ...] | None
    findings: tuple[str, ...]
    pictures: tuple[Markup, Markup] | None


def pages(
    standings: Sequence[Standing],
    findings: Sequence[Finding] = (),
    amendments: Amendments | None = None,
    pictures: tuple[Markup, Markup] | None = None,
) -> Iterator[tuple[str, str]]:
    """Each page with the path that it is to be written to."""
    asking = Asking()
    for one in standings:
        yield page_path(one), _written("marked.html.j2", asking.page(one))
    yield INDEX, _written("scores.html.j2", overview(standings, findings, amendments, pictures))


def page_path(one: Standing) -> str:
    """Where a student's page lies; of a very long name, a part and a hash."""
    name = "".join(character if _is_plain(character) else "_" for character in one.student)
    data = name.encode("utf-8")
    if name != one.student or len(data) > MAX_NAME_BYTES:
        digest = hashlib.sha256(one.student.encode("utf-8", "backslashreplace")).hexdigest()[:8]
        # Two names that differ only in what a file system cannot hold stay two files.
        name = f"{data[: MAX_NAME_BYTES - 9].decode('utf-8', 'ignore')}-{digest}"
    return f"{PAGES}/{name}.html"


def _is_plain(character: str) -> bool:
    return character.isprintable() and character not in '/\\:*?"<>|'


def overview(
    standings: Sequence[Standing],
    findings: Iterable[Finding],
    amendments: Amendments | None,
    pictures: tuple[Markup, Markup] | None,
) -> Overview:
    """The instructor's page: every score, every item, and what could not be used."""
    titles = sorted({_without_letter(one.form.title) for one in counted(standings) if one.form})
    return Overview(
        ", ".join(titles) or "Marked papers",
        in_short(standings),
        tuple(map(_row, standings)),
        tuple(map(_item, item_statistics(standings))),
        tuple(_changes(standings, amendments)) if amendments else None,
        tuple(one_line(str(finding)) for finding in findings),
        pictures,
    )


def _without_letter(title: str) -> str:
    """What parallel forms are called together."""
    return title.rpartition(", form ")[0] or title


def _row(one: Standing) -> Row:
    possible = one.score.possible
    return Row(
        printable(one.student),
        quote(page_path(one)),
        printable(one.paper or ""),
        "not marked" if one.error else str(one.score),
        f"{float(one.score.earned / possible):.0%}" if possible and not one.error else "",
        show_points(one.waiting) if one.waiting else "",
        tuple(one_line(f"{finding.rule}: {finding.what}") for finding in one.findings),
    )


def _item(item: ItemStatistics) -> ItemLine:
    share, mean = ("" if one is None else f"{float(one):.0%}" for one in (item.right_share, item.mean))
    related = item.discrimination
    told = "" if related is None else f"{related:.2f}".replace("-", "−")
    return ItemLine(item, share, mean, told, related is not None and related < 0)


def _changes(standings: Sequence[Standing], amendments: Amendments) -> Iterator[Change]:
    for one in changed(standings):
        told = ", ".join(effective(one, amendments))
        yield Change(printable(one.student), str(one.before), str(one.score), change_text(one), told)


def _written(template: str, page: object) -> str:
    return _templates().get_template(template).render(page=page)


@cache
def _templates() -> Environment:
    """Those of the papers; a text that stands on many pages is set once."""
    return templates(html.escape, {name: lru_cache(_KEPT_TEXTS)(write) for name, write in FILTERS.items()})
