"""One question of the bank and what its author wrote about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from grader.model.answer import Answer, Cell, NearMiss
from grader.model.strict import STRICT

NONE_OF_THE_ABOVE = "none_of_the_above"


@dataclass(frozen=True, slots=True)
class Key:
    """A correct option; its other fields are those of a distractor, though it may have no `credit`."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    key: str
    feedback: str | None = None
    value: str | None = None
    credit: Fraction | None = None
    pinned: bool = False

    @property
    def text(self) -> str:
        return self.key


@dataclass(frozen=True, slots=True)
class Distractor:
    """A wrong option, chosen to tempt; `feedback` is told to whoever ticked it.

    `value` is an expression: what the option means to the item's `check`, where that is not its text.
    `credit` is the share of the points that it earns; a `pinned` option keeps its place in every form.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    distractor: str
    feedback: str | None = None
    value: str | None = None
    credit: Fraction | None = None
    pinned: bool = False

    @property
    def text(self) -> str:
        return self.distractor


Option = Key | Distractor | Literal["none_of_the_above"]
"""`none_of_the_above` is pinned last and is the key exactly where no other option is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemBase:
    """What every item states, whatever its type.

    Between `{{` and `}}` any text of it may hold an expression in `params` and `let`, whose value the draw
    puts there; `where` says which draws are asked. `check` is Python that proves the key, `shuffle` whether
    options and pairs may change places, and `scheme` a rule of `grader.quiz.schemes` for this item alone.
    `enemies` are items that give this one away, or that it does: no paper has both.
    Every item has an `id` and a `difficulty`, its reader sees to that; a part has those of its item.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT
    default_points: ClassVar[Fraction] = Fraction(4)

    id: str = ""
    stem: str
    explanation: str
    difficulty: Literal[1, 2, 3, 4, 5] = 3
    source: tuple[str, ...] = ()
    points: Fraction | None = None
    minutes: float | None = None
    params: dict[str, Any] = field(default_factory=dict, hash=False)
    let: dict[str, str] = field(default_factory=dict, hash=False)
    where: str | tuple[str, ...] = ()
    check: str | None = None
    shuffle: bool = True
    scheme: str | None = None
    enemies: tuple[str, ...] = ()

    @property
    def worth(self) -> Fraction:
        """The points that a full answer earns."""
        return self.default_points if self.points is None else self.points

    @property
    def conditions(self) -> tuple[str, ...]:
        """What must hold for a draw, one expression each."""
        return (self.where,) if isinstance(self.where, str) else self.where


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalse(ItemBase):
    """A statement to be judged; before the draw the answer may be a template."""

    default_points: ClassVar[Fraction] = Fraction(2)

    type: Literal["true_false"]
    answer: bool | str


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleChoice(ItemBase):
    """Options of which exactly one is the key."""

    type: Literal["single_choice"]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleChoice(ItemBase):
    """Options of which any number may be keys: select all that apply."""

    type: Literal["multiple_choice"]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAnswer(ItemBase):
    """A number, a shape, a formula or a few words to be typed."""

    type: Literal["short_answer"]
    answer: Answer
    near_misses: tuple[NearMiss, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that belong together."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    left: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(ItemBase):
    """Lefts, each of which belongs to one right; `extras` are rights that belong to nothing."""

    type: Literal["matching"]
    pairs: tuple[Pair, ...]
    extras: tuple[str, ...] = ()

    @property
    def rights(self) -> tuple[str, ...]:
        """All rights, those of the pairs first."""
        return (*(pair.right for pair in self.pairs), *self.extras)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(ItemBase):
    """Steps, stated in the right order, to be put back into it."""

    type: Literal["ordering"]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(ItemBase):
    """A table with cells to fill in."""

    type: Literal["table"]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def blanks(self) -> dict[tuple[int, int], ShortAnswer]:
        """The cells to fill in by row and column, counted from 0, each as the question that it is."""
        return {
            (row, column): ShortAnswer(
                id=self.id,
                stem=self.stem,
                explanation=self.explanation,
                type="short_answer",
                answer=cell,
                near_misses=cell.near_misses,
            )
            for row, cells in enumerate(self.rows)
            for column, cell in enumerate(cells)
            if not isinstance(cell, str)
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(ItemBase):
    """An exercise of the course, marked by the grader."""

    type: Literal["code"]
    exercise: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that a person looks for in a free answer."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    criterion: str
    points: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Essay(ItemBase):
    """A free answer, marked by a person criterion by criterion; `answer` is a model answer."""

    type: Literal["essay"]
    answer: str
    rubric: tuple[Criterion, ...]

    @property
    def worth(self) -> Fraction:
        """The points that a full answer earns: those of the rubric unless others are stated."""
        stated = sum((criterion.points for criterion in self.rubric), Fraction(0))
        return stated if self.points is None else self.points


Part = Annotated[
    TrueFalse | SingleChoice | MultipleChoice | ShortAnswer | Matching | Ordering | Table | Code | Essay,
    Field(discriminator="type"),
]
"""A question under the stem of another; it has no id, difficulty, source or params of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts(ItemBase):
    """Several questions under one stem, printed (a), (b) and so on."""

    type: Literal["parts"]
    parts: tuple[Part, ...]

    @property
    def worth(self) -> Fraction:
        """The points that a full answer earns: those of the parts unless others are stated."""
        stated = sum((part.worth for part in self.parts), Fraction(0))
        return stated if self.points is None else self.points


Item = (
    TrueFalse
    | SingleChoice
    | MultipleChoice
    | ShortAnswer
    | Matching
    | Ordering
    | Table
    | Parts
    | Code
    | Essay
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an author wrote something; line and column count from 1."""

    path: Path
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Bank:
    """All items by id, in the order of their files, with the topic and the place of each."""

    items: Mapping[str, Item]
    topics: Mapping[str, str]
    places: Mapping[str, Place]
