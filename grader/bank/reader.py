"""Reads the files of a question bank; each item is held to the rules of its type."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from grader.bank import answers, choices, kinds, params, stated
from grader.bank.place import ItemPlace, Rule
from grader.errors import ContentError, Finding
from grader.model.item import Bank, Item, Parts, Place
from grader.reading import fit
from grader.yaml_tree import Tree, read_tree

_ITEM: Any = Annotated[Item, Field(discriminator="type")]

RULES_OF_ITEMS: tuple[Rule, ...] = (*stated.OF_ITEMS, *params.OF_ITEMS)
RULES_OF_PARTS: tuple[Rule, ...] = stated.OF_PARTS
RULES_OF_BOTH: tuple[Rule, ...] = (*stated.OF_BOTH, *choices.OF_BOTH, *answers.OF_BOTH, *kinds.OF_BOTH)
"""The rules that an item, a part of an item, and both are held to."""


def read_bank(folder: Path) -> tuple[Bank, list[Finding]]:
    """All items of the folder's YAML files, and everything that their authors have to mend.

    An item with a fault is left out of the bank; its other faults, and those of other items, are still found.
    """
    items: dict[str, Item] = {}
    topics: dict[str, str] = {}
    places: dict[str, Place] = {}
    findings: list[Finding] = []
    findings += [_ignored(path) for path in folder.glob("*.yml")]
    exercises = folder.parent / "exercises"
    for path in sorted(folder.glob("*.yaml")):
        tree = read_tree(path)
        findings += tree.findings
        topic, entries, faults = _header(tree)
        findings += faults
        for index in range(entries):
            here = ItemPlace(tree, ("items", index), exercises if exercises.is_dir() else None)
            item, faults = _item(here)
            name = tree.at((*here.trail, "id"))
            if isinstance(name, str) and name in places:
                faults.append(_duplicate_id(here, name, places[name]))
            findings += faults
            if isinstance(name, str):
                places.setdefault(name, Place(path, *tree.place((*here.trail, "id"))))
            if item is not None and not faults:
                items[item.id], topics[item.id] = item, topic
    findings += _no_enemies(items, places)
    return Bank(items, topics, places), sorted(findings)


def load_bank(folder: Path) -> Bank:
    """The bank, when it can be used as it stands.

    Raises:
        ContentError: its authors have something to mend.
    """
    bank, findings = read_bank(folder)
    if findings:
        raise ContentError(findings)
    return bank


def _ignored(path: Path) -> Finding:
    what = f"`{path.name}` is not read: a file of the bank ends in `.yaml`"
    return Finding(path, 1, 1, "file-ignored", what, f"rename it to `{path.stem}.yaml`")


def _header(tree: Tree) -> tuple[str, int, list[Finding]]:
    """The topic and the number of items of a file, with what is wrong about its top level."""
    if tree.data is None:
        return "", 0, []
    if not isinstance(tree.data, dict):
        what = "the file should hold `topic:` and `items:`"
        return "", 0, [tree.finding((), "wrong-kind", what, "begin with `topic: name`, then `items:`")]
    findings = [
        tree.finding((key,), "unknown-field", f"`{key}` is not a field here", "take it out", of_key=True)
        for key in tree.data
        if key not in ("topic", "items")
    ]
    topic, faults = fit(tree, ("topic",), str) if "topic" in tree.data else (None, [])
    if "topic" not in tree.data or topic == "":
        faults = [tree.finding(("topic",), "missing-field", "`topic` is missing", "write `topic: name`")]
    findings += faults
    items = tree.data.get("items")
    if not isinstance(items, list):
        what = "`items` should be a list"
        findings.append(tree.finding(("items",), "wrong-kind", what, "write `items:`, then `- id: …`"))
        return str(topic), 0, findings
    return str(topic), len(items), findings


def _item(here: ItemPlace) -> tuple[Item | None, list[Finding]]:
    item, findings = fit(here.tree, here.trail, _ITEM)
    if isinstance(here.data, dict):
        findings += _found(here, RULES_OF_ITEMS)
        findings += _found(here, RULES_OF_BOTH)
        for part in _parts(here):
            findings += _found(part, RULES_OF_PARTS)
            findings += _found(part, RULES_OF_BOTH)
    if isinstance(item, Parts):
        parts = (
            replace(part, id=f"{item.id}.{chr(ord('a') + index)}", difficulty=item.difficulty)
            for index, part in enumerate(item.parts)
        )
        item = replace(item, parts=tuple(parts))
    return item, findings


def _parts(here: ItemPlace) -> Iterator[ItemPlace]:
    for index in here.parts(("parts",)) if here.type == "parts" else ():
        part = here.within(("parts", index))
        if isinstance(part.data, dict) and part.type != "parts":
            yield part


def _found(here: ItemPlace, rules: tuple[Rule, ...]) -> list[Finding]:
    return [finding for rule in rules for finding in rule(here)]


def _duplicate_id(here: ItemPlace, name: str, first: Place) -> Finding:
    what = f"`{name}` is already the id of the item at {first.path.name}:{first.line}"
    return here.finding(("id",), "duplicate-id", what, "give one of them another id")


def _no_enemies(items: Mapping[str, Item], places: Mapping[str, Place]) -> Iterator[Finding]:
    for name, item in items.items():
        for enemy in item.enemies:
            if enemy not in places or enemy == name:
                shown = "the item itself" if enemy == name else "no item of the bank"
                what = f"`{enemy}`, an enemy of `{name}`, is {shown}"
                place = places[name]
                yield Finding(place.path, place.line, place.column, "unknown-enemy", what, "mend the id")


RULES: Mapping[str, str] = {
    "unknown-enemy": """\
What: an item names an enemy that the bank does not have, or itself.
Why: a slip in an id would let both into one paper, where one gives the other away.
Cure: copy the id of the other item.""",
    "file-ignored": """\
What: a file of the question bank ends in `.yml`.
Why: only files that end in `.yaml` are read, so its items would be missing without a word.
Cure: rename it.""",
    "duplicate-id": """\
What: two items of the bank have the same id.
Why: a response could belong to either.
Cure: rename one.""",
}
"""The pages of the rules of this module, for `grade explain`."""
