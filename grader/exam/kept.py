"""Keeps which items a solver chose for a paper, so that it is found again without solving anew."""

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from grader.errors import UsageError
from grader.exam.assembly import Choice, choice_of
from grader.files import read_file, write_file
from grader.model.blueprint import Blueprint
from grader.model.form import Form
from grader.model.item import Bank
from grader.progress import STATE

MAX_BYTES = 2**16


def keep_choices(course: Path, forms: Iterable[Form]) -> None:
    """Notes the items of each form on this machine; without a word where nothing can be written."""
    for form in forms:
        with suppress(UsageError):
            tree = {"paper": form.id, "items": choice_of(form)}
            write_file(_path(course, form.id), (json.dumps(tree, indent=1) + "\n").encode("ascii"))


def kept_choice(course: Path, paper: str, blueprint: Blueprint, bank: Bank) -> Choice | None:
    """The items of a paper, if they are kept here and all still in the bank.

    They are no more than a proposal: whoever takes it holds the id of the form against that of the paper.
    """
    choice = _read(course, paper)
    fits = len(choice) == len(blueprint.sections)
    return choice if fits and all(name in bank.items for section in choice for name in section) else None


def kept_items(course: Path, paper: str) -> frozenset[str]:
    """The items of a paper as they are kept here, in the bank or not; none where it is not kept."""
    return frozenset(name for section in _read(course, paper) for name in section)


def _read(course: Path, paper: str) -> Choice:
    try:
        tree = json.loads(read_file(_path(course, paper), MAX_BYTES, follow=False))
    except (OSError, ValueError):
        return ()
    return _choice(tree.get("items") if isinstance(tree, dict) else None)


def _choice(items: Any) -> Choice:
    """The items of each section; nothing where the file was damaged."""
    if not isinstance(items, list) or not all(isinstance(section, list) for section in items):
        return ()
    choice = tuple(tuple(section) for section in items)
    return choice if all(isinstance(name, str) for section in choice for name in section) else ()


def _path(course: Path, paper: str) -> Path:
    # A paper's name may come from a student's file.
    return course / STATE / "papers" / f"{quote(paper, safe='')}.json"
