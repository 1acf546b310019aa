"""Where in its file an item stands: what the rules of the bank read their parts from."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import Finding
from grader.reading import fit
from grader.yaml_tree import Trail, Tree

TEMPLATE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
"""An expression in a text, which the draw replaces by its value."""
_NOT_PROSE = {
    "check",
    "params",
    "let",
    "where",
    "value",
    "patterns",
    "exercise",
    "scheme",
    "type",
    "id",
    "source",
    "enemies",
}


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """An item's place in its file, or that of a part of an item; `exercises` are those of the course."""

    tree: Tree
    trail: Trail
    exercises: Path | None = None

    @property
    def data(self) -> Any:
        """The item as plain values."""
        return self.tree.at(self.trail)

    @property
    def type(self) -> Any:
        """What stands after `type:`."""
        return self.data.get("type") if isinstance(self.data, dict) else None

    def part(self, step: Trail, into: Any) -> Any:
        """A part of the item, whatever is wrong with the rest; None where the part itself does not fit."""
        whole = (*self.trail, *step)
        # Most parts are absent from most items, which need not be asked of pydantic.
        return None if self.tree.at(whole) is None else fit(self.tree, whole, into)[0]

    def parts(self, step: Trail) -> range:
        """The indices of a list in the item; none where there is no list."""
        entries = self.tree.at((*self.trail, *step))
        return range(len(entries)) if isinstance(entries, list) else range(0)

    def finding(self, step: Trail, rule: str, what: str, cure: str) -> Finding:
        return self.tree.finding((*self.trail, *step), rule, what, cure)

    def within(self, step: Trail) -> "ItemPlace":
        """The place of a part of the item, to be held to the rules by itself."""
        return ItemPlace(self.tree, (*self.trail, *step), self.exercises)


Rule = Callable[[ItemPlace], Iterator[Finding]]


def texts(value: Any, step: Trail = ()) -> Iterator[tuple[Trail, str]]:
    """All texts of an item that somebody reads, each with the way to it."""
    if isinstance(value, str):
        yield step, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _NOT_PROSE:
                yield from texts(inner, (*step, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts(inner, (*step, index))


def is_template(value: Any) -> bool:
    """Whether a value is known only after the draw."""
    if isinstance(value, list | tuple):
        return any(map(is_template, value))
    return isinstance(value, str) and TEMPLATE.search(value) is not None
