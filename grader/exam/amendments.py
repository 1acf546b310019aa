"""Reads what an instructor amends after a paper was marked: which item, how, why, by whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import ClassVar

from grader.errors import ContentError, Finding
from grader.exam.alternatives import Accepted, NoKeyError, with_key
from grader.exam.paper_id import form_of
from grader.exam.questions import loose_question
from grader.model.item import Bank
from grader.model.strict import STRICT
from grader.reading import Document, read_yaml


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change to the marking of an item, with exactly one of `also_accept`, `full_credit` and `drop`.

    It holds for the one `paper`, for the papers of a `blueprint`, or for all. `part` is the letter of a part
    whose key is meant; `reason` is told to students.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    item: str
    reason: str
    by: str
    date: str
    also_accept: tuple[str | bool | tuple[str, ...], ...] = ()
    full_credit: bool = False
    drop: bool = False
    part: str | None = None
    paper: str | None = None
    blueprint: str | None = None

    @property
    def action(self) -> str:
        """What it does, as it is written."""
        return "drop" if self.drop else "full_credit" if self.full_credit else "also_accept"

    def holds_for(self, paper: str | None) -> bool:
        """Whether it is about a paper, None for items on their own."""
        if self.paper is not None:
            return paper == self.paper
        return self.blueprint is None or (paper is not None and form_of(paper).blueprint == self.blueprint)


@dataclass(frozen=True, slots=True)
class AmendmentsFile:
    """A file of amendments, in the order in which they were made."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    amendments: tuple[Amendment, ...]


@dataclass(frozen=True, slots=True)
class Amendments:
    """The amendments of a file with the line of each."""

    path: Path
    amendments: Sequence[Amendment]
    lines: Sequence[int]

    def finding(self, index: int, rule: str, what: str, cure: str) -> Finding:
        """A finding at one of them."""
        return Finding(self.path, self.lines[index], 1, rule, what, cure)


def read_amendments(path: Path, bank: Bank) -> Amendments:
    """A file of amendments that all can be applied.

    Raises:
        ContentError: something in it cannot be used; all of it is told.
    """
    document: Document[AmendmentsFile] = read_yaml(path, AmendmentsFile)
    if document.value is None:
        raise ContentError(document.findings)
    entries = document.value.amendments
    findings = list(document.findings)
    for index, entry in enumerate(entries):
        trail = ("amendments", index)
        findings += [document.finding((*trail, step), *fault) for step, *fault in _faults(entry, bank)]
    findings += [
        document.finding(("amendments", index, "item"), "bad-amendment", *told)
        for index, *told in _contradictions(entries)
    ]
    if findings:
        raise ContentError(sorted(findings))
    lines = [document.tree.place(("amendments", index))[0] for index in range(len(entries))]
    return Amendments(path, entries, lines)


def _faults(entry: Amendment, bank: Bank) -> Iterator[tuple[str, str, str, str]]:
    """For each fault the field, the rule, what is the matter, and the cure."""
    if sum((bool(entry.also_accept), entry.full_credit, entry.drop)) != 1:
        what = "an amendment does one thing"
        cure = "write one of `also_accept: [...]`, `full_credit: true` and `drop: true`"
        yield "item", "bad-amendment", what, cure
    if entry.paper is not None and entry.blueprint is not None:
        what = "`paper` and `blueprint` both say where it holds"
        yield "paper", "bad-amendment", what, "keep the narrower one"
    for name in ("reason", "by"):
        if not getattr(entry, name).strip():
            yield name, "bad-amendment", f"`{name}` is empty", "the audit trail and students need it"
    if not _is_date(entry.date):
        what = f"`{entry.date[:30]}` is no date"
        yield "date", "bad-amendment", what, "write it like `2026-05-04`"
    if entry.item not in bank.items:
        what = f"the bank has no item `{entry.item}`"
        yield "item", "unknown-item", what, "copy the id from the bank"
        return
    for accepted in entry.also_accept:
        told = _no_key(entry, accepted, bank)
        if told:
            what = f"this can be no key of `{entry.item}`"
            yield "also_accept", "bad-amendment", what, told


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _no_key(entry: Amendment, accepted: Accepted, bank: Bank) -> str:
    """Why something can be no key, tried on one draw of the item; nothing where it can be."""
    item = bank.items[entry.item]
    try:
        with_key(loose_question(item), item, accepted, entry.part, 0)
    except NoKeyError as error:
        return str(error)
    return ""


def _contradictions(entries: Sequence[Amendment]) -> Iterator[tuple[int, str, str]]:
    """An item that is dropped cannot be amended otherwise as well."""
    for (_, first), (index, second) in combinations(enumerate(entries), 2):
        if first.item != second.item or not (first.drop or second.drop):
            continue
        places = [(one.paper, one.blueprint) for one in (first, second)]
        if places[0] == places[1] or (None, None) in places:
            what = f"`{second.item}` is dropped in one amendment and amended in another"
            yield index, what, "keep one of the two"


RULES: Mapping[str, str] = {
    "bad-amendment": """\
What: an amendment does nothing, several things, or something that its item cannot have.
Why: it changes scores, so nothing in it is guessed.
Cure: write `item`, one of `also_accept`, `full_credit` and `drop`, and `reason`, `by` and `date`; options \
are named by their text in the bank, as their letters differ from form to form.""",
}
"""The pages of the rules of this module, for `grade explain`."""
