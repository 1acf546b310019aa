"""What a paper is to be made of, as its author asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import ClassVar, Literal

from grader.model.item import Place
from grader.model.strict import STRICT

ItemType = Literal[
    "true_false",
    "single_choice",
    "multiple_choice",
    "short_answer",
    "matching",
    "ordering",
    "table",
    "parts",
    "code",
    "essay",
]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items are asked for: at least, at most, or both."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which numbers an amount may lie: points, minutes, a mean."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    min: Fraction | None = None
    max: Fraction | None = None


Count = int | Counts
"""A number stands for exactly so many."""
Amount = Fraction | Bounds
"""A number stands for exactly so much."""


def ends(asked: Count | Amount | None) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most that are asked for; None where there is no such end."""
    if isinstance(asked, Counts | Bounds):
        low, high = (None if end is None else Fraction(end) for end in (asked.min, asked.max))
        return low, high
    return (None, None) if asked is None else (Fraction(asked), Fraction(asked))


@dataclass(frozen=True, slots=True)
class Plan:
    """One section: `count` items worth `points` each (else what each item states), or `total` points.

    Its items are of one `type` or of several `types`; `topics` limits the draw. `key_sizes` says how many
    items with one key, two keys and so on are preferred, or in bounds how many there must be;
    `true_statements` how many statements are true.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    title: str
    type: ItemType | None = None
    count: Count | None = None
    points: Fraction | None = None
    total: Amount | None = None
    scheme: str | None = None
    key_sizes: dict[str, Count] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    types: tuple[ItemType, ...] = ()
    true_statements: Count | None = None

    @property
    def kinds(self) -> tuple[ItemType, ...]:
        """The types of its items."""
        return (self.type,) if self.type else self.types

    @property
    def is_plain(self) -> bool:
        """Whether it can be drawn without a solver."""
        in_bounds = isinstance(self.count, Counts) or isinstance(self.total, Bounds)
        sizes = any(isinstance(count, Counts) for count in self.key_sizes.values())
        return not (in_bounds or sizes or self.types or self.true_statements is not None)


@dataclass(frozen=True, slots=True)
class Area:
    """Topics that count together."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    title: str
    topics: tuple[str, ...]
    items: Count | None = None
    points: Amount | None = None


@dataclass(frozen=True, slots=True)
class Difficulty:
    """How hard a paper is: the mean of its items, their spread, how many there are of a level.

    `spread` is the root of the mean squared distance from the mean that is asked for, or from the middle of
    its bounds.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    mean: Amount | None = None
    spread: Amount | None = None
    levels: dict[str, Count] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parallel:
    """By how much two forms may differ: in points, items of a topic, mean difficulty, expected minutes."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    points: Fraction = Fraction(0)
    topic: int = 1
    difficulty: Fraction = Fraction(1, 10)
    minutes: Fraction = Fraction(5)


@dataclass(frozen=True, slots=True)
class BlueprintFile:
    """A blueprint as its file states it.

    `minutes` is the time that students get, `expected_minutes` what they should need. `topics`, `each_topic`
    (every topic that stands not in `topics`) and `areas` bound the items of a paper. `letters` is how far
    the keys under one letter may be from an even share. `enemies` are items of which a paper has one at
    most; `used` are items, ids of papers that were made before, or files with their items. Two of the
    `forms` share at most `overlap` items.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    title: str
    minutes: int
    sections: tuple[Plan, ...]
    points: Amount | None = None
    expected_minutes: Amount | None = None
    topics: dict[str, Count] = field(default_factory=dict)
    each_topic: Count | None = None
    areas: tuple[Area, ...] = ()
    difficulty: Difficulty | None = None
    letters: Fraction | None = None
    enemies: tuple[tuple[str, ...], ...] = ()
    used: tuple[str, ...] = ()
    forms: int = 1
    overlap: int = 0
    parallel: Parallel = Parallel()


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What a form is made of; `name` is that of its file, `used` the items that it may not have.

    The other fields are those of `BlueprintFile`; `places` says where each stands.
    """

    name: str
    title: str
    minutes: int
    sections: tuple[Plan, ...]
    points: Amount | None = None
    expected_minutes: Amount | None = None
    topics: Mapping[str, Count] = field(default_factory=dict)
    each_topic: Count | None = None
    areas: tuple[Area, ...] = ()
    difficulty: Difficulty | None = None
    letters: Fraction | None = None
    enemies: tuple[tuple[str, ...], ...] = ()
    used: frozenset[str] = frozenset()
    forms: int = 1
    overlap: int = 0
    parallel: Parallel = Parallel()
    places: Mapping[tuple[str | int, ...], Place] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_plain(self) -> bool:
        """Whether it asks for no more than sections, which can be drawn without a solver."""
        asks_no_more = self == Blueprint(self.name, self.title, self.minutes, self.sections)
        return asks_no_more and all(plan.is_plain for plan in self.sections)

    def place(self, trail: tuple[str | int, ...]) -> Place:
        """Where something is asked for; where what holds it stands, if it is left to a default."""
        while trail and trail not in self.places:
            trail = trail[:-1]
        return self.places.get(trail, Place(Path(f"{self.name}.yaml"), 1, 1))
