"""What a page shows, block by block: the same for every format that is set in type."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A text behind a letter or a number; in solutions whether it is right, and what is told about it."""

    name: str
    text: str
    is_right: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """Options with a box each; `is_one` where only one is to be ticked."""

    entries: tuple[Entry, ...]
    is_one: bool
    block: str = "choices"


@dataclass(frozen=True, slots=True)
class Lists:
    """Numbered texts, and lettered ones to be put to them or in order."""

    lefts: tuple[Entry, ...]
    rights: tuple[Entry, ...]
    block: str = "lists"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; one to fill in has a name, and in solutions an answer."""

    text: str
    blank: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a line of headings."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    block: str = "grid"


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in Markdown."""

    text: str
    block: str = "words"


Body = Choices | Lists | Grid | Words


@dataclass(frozen=True, slots=True)
class Box:
    """Where an answer is written: a line, ruled lines, boxes to tick, or small boxes with a label each."""

    block: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """What is right, and why; `answer` is text with formulas, the others are Markdown.

    `misses` are wrong answers that many give, with what is told to them.
    """

    answer: str
    explanation: str
    model: str = ""
    rubric: tuple[Entry, ...] = ()
    misses: tuple[Entry, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, or a part of one, as it stands on a page."""

    name: str
    anchor: str
    facts: str
    stem: str
    rule: str
    body: Body | None
    box: Box | None
    parts: tuple["Asked", ...]
    solution: Solution | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the form; `count` and `points` are told on the title page."""

    title: str
    rule: str
    count: int
    points: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A paper, or its solutions."""

    title: str
    id: str
    minutes: int
    count: int
    points: str
    is_solved: bool
    chapters: tuple[Chapter, ...]
