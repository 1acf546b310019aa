"""One question of the bank and what its author wrote about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import ClassVar, Literal

STRICT: Mapping[str, str] = {"extra": "forbid"}
"""What pydantic needs to know to refuse unknown fields."""

NONE_OF_THE_ABOVE = "none_of_the_above"


@dataclass(frozen=True, slots=True)
class Key:
    """A correct option; `feedback` is told to whoever ticked it."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    key: str
    feedback: str | None = None

    @property
    def text(self) -> str:
        return self.key


@dataclass(frozen=True, slots=True)
class Distractor:
    """A wrong option, chosen to tempt; `feedback` is told to whoever ticked it."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    distractor: str
    feedback: str | None = None

    @property
    def text(self) -> str:
        return self.distractor


Option = Key | Distractor | Literal["none_of_the_above"]
"""`none_of_the_above` is pinned last and is the key exactly where no other option is one."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a number may lie from the answer: exactly one of the three is given."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    absolute: float | None = None
    relative: float | None = None
    figures: int | None = None


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """A number, kept as it was written (`10*5*5 + 10`, `2/3`); without a tolerance it must be met exactly."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    number: str
    tolerance: Tolerance | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class ShapeAnswer:
    """The sizes of an array, outermost axis first."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    shape: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """A word or phrase; `text` is the one shown, `accept` lists other wordings that are right."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    text: str
    accept: tuple[str, ...] = ()


Answer = NumberAnswer | ShapeAnswer | TextAnswer


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A wrong answer that many give, with what they are told."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    feedback: str
    number: str | None = None
    shape: tuple[int, ...] | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemBase:
    """What every item states, whatever its type."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT
    default_points: ClassVar[Fraction] = Fraction(4)

    id: str
    stem: str
    explanation: str
    difficulty: Literal[1, 2, 3, 4, 5]
    source: tuple[str, ...] = ()
    points: Fraction | None = None
    minutes: float | None = None

    @property
    def worth(self) -> Fraction:
        """The points that a full answer earns."""
        return self.default_points if self.points is None else self.points


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalse(ItemBase):
    """A statement to be judged."""

    default_points: ClassVar[Fraction] = Fraction(2)

    type: Literal["true_false"]
    answer: bool


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
    """A number, a shape or a few words to be typed."""

    type: Literal["short_answer"]
    answer: Answer
    near_misses: tuple[NearMiss, ...] = ()


Item = TrueFalse | SingleChoice | MultipleChoice | ShortAnswer


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
