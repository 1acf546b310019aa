"""Reads `question_bank/curriculum/`: the entries that items and exercises are made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from grader.errors import Finding
from grader.model.strict import STRICT
from grader.reading import Document, read_yaml

KINDS = ("facts", "errata", "templates", "exercises")
"""The sorts of entries, each a field of a topic."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What belongs together in a digest, by the ids of its entries."""

    __pydantic_config__: ClassVar[dict[str, str]] = dict(STRICT)

    title: str
    facts: tuple[str, ...] = ()
    errata: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[str, ...]:
        return (*self.facts, *self.errata, *self.templates, *self.exercises)


@dataclass(frozen=True, slots=True)
class Digest:
    """One document that the course is made from; `name` is that of its file, as sources write it."""

    name: str
    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Curriculum:
    """All digests of a course; none where it keeps no list of them."""

    digests: tuple[Digest, ...] = ()

    @property
    def sources(self) -> frozenset[str]:
        """Everything that a `source` may name: `002_004/S4-503`."""
        return frozenset(
            f"{digest.name}/{entry}"
            for digest in self.digests
            for topic in digest.topics
            for entry in topic.entries
        )


@dataclass(frozen=True, slots=True)
class CurriculumFile:
    """A digest as its file states it."""

    __pydantic_config__: ClassVar[dict[str, str]] = dict(STRICT)

    title: str
    topics: tuple[Topic, ...]


def read_curriculum(bank: Path) -> tuple[Curriculum, list[Finding]]:
    """The digests listed in the folder `curriculum` of a question bank, and what has to be mended there."""
    digests: list[Digest] = []
    findings: list[Finding] = []
    for path in sorted((bank / "curriculum").glob("*.yaml")):
        document: Document[CurriculumFile] = read_yaml(path, CurriculumFile)
        findings += document.findings
        if document.value is not None:
            digests.append(Digest(path.stem, document.value.title, document.value.topics))
            findings += _twice(document, document.value)
    return Curriculum(tuple(digests)), findings


def _twice(document: Document[CurriculumFile], file: CurriculumFile) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, topic in enumerate(file.topics):
        for kind in KINDS:
            for position, entry in enumerate(getattr(topic, kind)):
                if entry in seen:
                    trail = ("topics", index, kind, position)
                    what = f"`{entry}` is listed a second time"
                    yield document.finding(trail, "entry-twice", what, "keep one")
                seen.add(entry)


RULES = {
    "entry-twice": """\
What: a digest of the curriculum lists one entry twice.
Why: a `source` that names it could mean either, and coverage would count it twice.
Cure: keep it in the topic that it belongs to.""",
}
"""The pages of the rules of this module, for `grade explain`."""
