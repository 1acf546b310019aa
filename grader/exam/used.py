"""Reads which items earlier papers had, so that a new one does without them."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.errors import ContentError, Finding
from grader.exam.notebooks import read_notebook
from grader.model.blueprint import BlueprintFile
from grader.model.item import Bank
from grader.reading import Document
from grader.yaml_tree import read_tree

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HOLDERS = ("responses", "forms", "sections", "items", "used")
"""Under which names a file holds items: a responses file, a certificate, a list."""


def read_used(
    document: Document[BlueprintFile], file: BlueprintFile, bank: Bank | None
) -> tuple[frozenset[str], list[Finding]]:
    """The items named under `used`, by themselves or in files beside the blueprint, and what is wrong there.

    An item that a file names and the bank has no more is no fault: it cannot be asked anyway.
    """
    used: set[str] = set()
    findings = []
    for index, entry in enumerate(file.used):
        trail = ("used", index)
        if _ID.fullmatch(entry):
            used.add(entry)
            if bank and entry not in bank.items:
                cure = "mend the id; a file is named with its ending, as `../../papers/midterm-7.json`"
                what = f"the bank has no item `{entry}`"
                findings.append(document.finding(trail, "no-such-item", what, cure))
            continue
        try:
            found = _named_in(document.tree.path.parent / entry)
        except ContentError as error:
            what = f"`{entry}` cannot be read: {error.findings[0].what}"
            found = set()
        else:
            what = f"`{entry}` names no item"
        if not found:
            cure = "name a responses file, a notebook, a certificate, or a YAML list of ids"
            findings.append(document.finding(trail, "unread-paper", what, cure))
        used |= found
    return frozenset(used), findings


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
What: a file under `used` cannot be read, or names no item.
Why: its items would be asked again without a word.
Cure: name a responses file, a notebook, a certificate of `grade midterm`, or a YAML list of ids, by its \
path from the blueprint.""",
}
"""The pages of the rules of this module, for `grade explain`."""
