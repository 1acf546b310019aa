"""Counts which entries of the curriculum have an item or an exercise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.curriculum import KINDS, Curriculum, Digest, Topic


@dataclass(frozen=True, slots=True)
class Covered:
    """How far one sort of entry of one topic is covered, and which of them are not."""

    digest: str
    topic: str
    kind: str
    entries: int
    missing: tuple[str, ...]

    @property
    def covered(self) -> int:
        return self.entries - len(self.missing)


def coverage(curriculum: Curriculum, sources: Iterable[str]) -> list[Covered]:
    """A row for each sort of entry of each topic that has any, in the order of the curriculum."""
    named = frozenset(sources)
    return [
        row for digest in curriculum.digests for topic in digest.topics for row in _rows(digest, topic, named)
    ]


def _rows(digest: Digest, topic: Topic, named: frozenset[str]) -> Iterator[Covered]:
    for kind in KINDS:
        entries: tuple[str, ...] = getattr(topic, kind)
        missing = tuple(entry for entry in entries if f"{digest.name}/{entry}" not in named)
        if entries:
            yield Covered(digest.name, topic.title, kind, len(entries), missing)
