"""Reads which items earlier papers had, so that a new one does without them."""

import re
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

from grader.errors import ContentError, Finding
from grader.exam.kept import kept_items
from grader.exam.notebooks import read_notebook
from grader.model.blueprint import BlueprintFile
from grader.model.item import Bank
from grader.progress import STATE
from grader.reading import Document
from grader.yaml_tree import read_tree

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PAPER = re.compile(r"[^/]+-[0-9]+(?:-[A-Z][0-9]+)?-[0-9a-f]{6}")
_HOLDERS = ("responses", "forms", "sections", "items", "used")
"""Under which names a file holds items: a responses file, a certificate, a list."""
_CURE = "name a responses file, a notebook, a certificate, or a YAML list of ids"


def read_used(
    document: Document[BlueprintFile], file: BlueprintFile, bank: Bank | None, course: Path | None
) -> tuple[frozenset[str], list[Finding]]:
    """The items named under `used`, and what is wrong there.

    They are named by themselves, by the id of a paper that was made in the course, or in files beside the
    blueprint. An item that a paper has and the bank has no more is no fault: it cannot be asked anyway.
    """
    used: set[str] = set()
    findings = []
    for index, entry in enumerate(file.used):
        found, fault = _used(entry, document.tree.path.parent, bank, course)
        used |= found
        if fault:
            findings.append(document.finding(("used", index), *fault))
    return frozenset(used), findings


def _used(
    entry: str, folder: Path, bank: Bank | None, course: Path | None
) -> tuple[Set[str], tuple[str, str, str] | None]:
    """The items that an entry names; rule, what is wrong with it and the cure."""
    if bank and entry in bank.items:
        return {entry}, None
    if _PAPER.fullmatch(entry):
        found = kept_items(course, entry) if course else frozenset()
        what = f"the paper `{entry}` is not kept in `{STATE}/papers`, where papers are that were made here"
        return found, None if found else ("unread-paper", what, _CURE)
    if _ID.fullmatch(entry):
        cure = "mend the id; a file is named with its ending, as `../../papers/midterm-7.json`"
        return {entry}, ("no-such-item", f"the bank has no item `{entry}`", cure) if bank else None
    try:
        named = _named_in(folder / entry)
    except ContentError as error:
        return set(), ("unread-paper", f"`{entry}` cannot be read: {error.findings[0].what}", _CURE)
    return named, None if named else ("unread-paper", f"`{entry}` names no item", _CURE)


def _named_in(path: Path) -> set[str]:
    """The ids in a paper that was filled in or not, in a certificate, or in a list.

    Raises:
        ContentError: the file cannot be read.
    """
    if path.suffix.lower() == ".ipynb":
        return set(read_notebook(path).answers)
    tree = read_tree(path)
    if tree.findings:
        raise ContentError(tree.findings)
    return _ids(tree.data)


def _ids(data: Any) -> set[str]:
    match data:
        case str():
            return {data} if _ID.fullmatch(data) else set()
        case list():
            return {name for entry in data for name in _ids(entry)}
        case {"responses": Mapping() as responses}:
            return {str(name) for name in responses}
        case Mapping():
            return {name for holder in _HOLDERS for name in _ids(data.get(holder))}
    return set()


RULES: Mapping[str, str] = {
    "no-such-item": """\
What: a blueprint names an item that the bank does not have.
Why: a slip in an id would let the item in that was to be kept out.
Cure: copy the id from the bank.""",
    "unread-paper": """\
What: a paper under `used` is not kept in the course, or a file cannot be read or names no item.
Why: its items would be asked again without a word.
Cure: name the id of a paper that was made on this machine; or a responses file, a notebook, a \
certificate of `grade midterm` or a YAML list of ids, by its path from the blueprint.""",
}
"""The pages of the rules of this module, for `grade explain`."""
