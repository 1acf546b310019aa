"""What the rules of the bank judge: all items beside the curriculum, the exercises and the blueprints."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.audit.words import Asked
from grader.curriculum import Curriculum
from grader.errors import Finding
from grader.model.blueprint import Blueprint
from grader.model.exercise import Exercise
from grader.model.item import Bank

_ALLOWED = re.compile(r"#\s*allow:\s*([\w-]+(?:\s*,\s*[\w-]+)*)")


@dataclass(frozen=True, slots=True)
class Content:
    """A bank with what stands around it; what a course does not have is empty."""

    bank: Bank
    curriculum: Curriculum = field(default_factory=Curriculum)
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    blueprints: Mapping[Path, Blueprint] = field(default_factory=dict)

    @property
    def sources(self) -> Iterator[str]:
        """Every entry of the curriculum that an item or an exercise names, as often as it is named."""
        for made in (*self.bank.items.values(), *self.exercises.values()):
            yield from made.source


def at(asked: Asked, rule: str, what: str, cure: str) -> Finding:
    """A finding where the item's id stands, at whose line a comment may allow it."""
    place = asked.place
    return Finding(place.path, place.line, place.column, rule, what, cure)


def without_allowed(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that no comment `# allow: rule` at the end of their line permits."""
    lines: dict[Path, list[str]] = {}
    for finding in findings:
        if finding.path not in lines:
            lines[finding.path] = finding.path.read_text(encoding="utf-8", errors="replace").splitlines()
        here = lines[finding.path][finding.line - 1 : finding.line]
        match = _ALLOWED.search(here[0]) if here else None
        if not match or finding.rule not in re.split(r"\s*,\s*", match[1]):
            yield finding
