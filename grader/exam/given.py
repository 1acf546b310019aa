"""What a student gave, as it was typed, before it is held against a paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import Finding
from grader.model.item import Place


@dataclass(frozen=True, slots=True)
class Unclear:
    """An answer that cannot be taken as it stands: what was typed, and why not."""

    typed: str
    why: str


@dataclass(frozen=True, slots=True)
class Responses:
    """What a student gave, by item id, as it was typed; `paper` names the form whose letters were used.

    Where there is no form, `seed` says how the items were drawn. `findings` holds what could not be used
    beside the answers.
    """

    path: Path
    paper: str | None
    answers: Mapping[str, Any]
    places: Mapping[str, Place]
    findings: tuple[Finding, ...] = ()
    seed: int = 0

    def finding(self, item: str, rule: str, what: str, cure: str) -> Finding:
        """A finding at the response to an item."""
        place = self.places.get(item, Place(self.path, 1, 1))
        return Finding(place.path, place.line, place.column, rule, what, cure)
