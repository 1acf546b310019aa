"""Puts what a blueprint asks into numbers: what each item adds to which amount, within which bounds."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from grader.bank.likeness import alike
from grader.exam.effort import minutes_of
from grader.exam.questions import draw
from grader.model.blueprint import Amount, Blueprint, Count, Counts, ends
from grader.model.item import (
    NONE_OF_THE_ABOVE,
    Bank,
    Code,
    Item,
    Key,
    MultipleChoice,
    SingleChoice,
    TrueFalse,
)
from grader.yaml_tree import Trail

Measure = Literal["sum", "mean", "root"]
"""How amounts become a number: added up, their mean, or the root of their mean."""
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item in a section that could ask it."""

    section: int
    item: Item
    topic: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class Limit:
    """Bounds for one number of a paper; `amounts` is what each candidate adds to it.

    `given_up` says how readily it is named where not everything can be met: 1 is the last. What is only
    `preferred` is given up without a word. `trail` is where the blueprint asks for it.
    """

    name: str
    unit: str
    trail: Trail
    amounts: Mapping[int, Fraction]
    low: Fraction | None
    high: Fraction | None
    measure: Measure = "sum"
    given_up: float = 1
    preferred: bool = False

    @property
    def eligible(self) -> frozenset[int]:
        """The candidates that add to it."""
        return frozenset(index for index, amount in self.amounts.items() if amount)


@dataclass(frozen=True, slots=True)
class Alike:
    """A number in which no two forms differ by more than `most`."""

    name: str
    unit: str
    trail: Trail
    amounts: Mapping[int, Fraction]
    most: Fraction
    measure: Measure = "sum"
    given_up: float = 0.1


def achieved(limit: Limit | Alike, picked: Collection[int]) -> Fraction:
    """The number of a paper, its square where it is the root of a mean."""
    added = sum((limit.amounts.get(index, Fraction(0)) for index in picked), Fraction(0))
    return added if limit.measure == "sum" else added / max(1, len(picked))


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that is asked of the forms of one blueprint; `apart` are candidates of which a form has one."""

    candidates: Sequence[Candidate]
    limits: Sequence[Limit]
    alike: Sequence[Alike]
    apart: Sequence[tuple[int, ...]]
    forms: int
    overlap: int


def wanted(blueprint: Blueprint, bank: Bank, seed: int, forms: int) -> Wanted:
    """What a blueprint asks of so many forms drawn from a bank with a seed."""
    candidates = _candidates(blueprint, bank)
    limits = [*_of_sections(blueprint, candidates, seed), *_of_the_paper(blueprint, candidates)]
    likes = list(_alike(blueprint, candidates)) if forms > 1 else []
    apart = sorted({*_apart(blueprint, candidates)})
    return Wanted(candidates, limits, likes, apart, forms, blueprint.overlap)


def _candidates(blueprint: Blueprint, bank: Bank) -> list[Candidate]:
    return [
        Candidate(index, item, bank.topics[item.id], item.worth if plan.points is None else plan.points)
        for item in sorted(bank.items.values(), key=lambda item: item.id)  # whatever the order of the files
        if item.id not in blueprint.used
        for index, plan in enumerate(blueprint.sections)
        if item.type in plan.kinds and (not plan.topics or bank.topics[item.id] in plan.topics)
    ]


# --- limits ------------------------------------------------------------------------------------------------


def _of_sections(blueprint: Blueprint, candidates: Sequence[Candidate], seed: int) -> Iterator[Limit]:
    for index, plan in enumerate(blueprint.sections):
        own = {n: one for n, one in enumerate(candidates) if one.section == index}
        trail: Trail = ("sections", index)
        name = f"section `{' '.join(plan.title.split())}`"
        if plan.count is not None:
            yield _count(name, (*trail, "count"), own, plan.count)
        worth = {n: one.points for n, one in own.items()}
        if plan.total is not None:
            low, high = ends(plan.total)
            yield Limit(f"{name}, points", "points", (*trail, "total"), worth, low, high, given_up=0.8)
        for size, count in plan.key_sizes.items():
            sized = [n for n, one in own.items() if key_size(one.item) == int(size)]
            keys = "1 key" if int(size) == 1 else f"{size} keys"
            limit = _count(f"{name}, {keys}", (*trail, "key_sizes", size), sized, count)
            yield replace(limit, given_up=0.3, preferred=isinstance(count, int))
        if plan.true_statements is not None:
            true = [n for n, one in own.items() if _is_true(one.item, seed)]
            trail_ = (*trail, "true_statements")
            limit = _count(f"{name}, true statements", trail_, true, plan.true_statements)
            yield replace(limit, given_up=0.3)


def _of_the_paper(blueprint: Blueprint, candidates: Sequence[Candidate]) -> Iterator[Limit]:
    every = range(len(candidates))
    if blueprint.points is not None:
        worth = {n: candidates[n].points for n in every}
        yield _amount("points", "points", ("points",), worth, blueprint.points, 0.7)
    topics: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(candidates):
        topics[one.topic].append(n)
    for topic, count in blueprint.topics.items():
        yield _of_topic(f"topic `{topic}`", ("topics", topic), topics[topic], count)
    if blueprint.each_topic is not None:
        for topic in sorted(topics.keys() - blueprint.topics.keys()):
            yield _of_topic(f"topic `{topic}`", ("each_topic",), topics[topic], blueprint.each_topic)
    for index, area in enumerate(blueprint.areas):
        own = [n for topic in area.topics for n in topics[topic]]
        name = f"area `{area.title}`"
        trail: Trail = ("areas", index)
        if area.items is not None:
            yield _of_topic(name, (*trail, "items"), own, area.items)
        if area.points is not None:
            worth = {n: candidates[n].points for n in own}
            yield _amount(f"{name}, points", "points", (*trail, "points"), worth, area.points, 0.8)
    yield from _difficulty(blueprint, candidates)
    if blueprint.expected_minutes is not None:
        spent = {n: minutes_of(candidates[n].item) for n in every}
        asked = blueprint.expected_minutes
        yield _amount("expected minutes", "minutes", ("expected_minutes",), spent, asked, 0.2)
    # Ticking everything is the cheapest guess, so at most one item of a paper rewards it.
    full = {n: ONE for n in every if is_full_key(candidates[n].item)}
    yield Limit("items of which every option is right", "items", ("sections",), full, None, ONE)


def _difficulty(blueprint: Blueprint, candidates: Sequence[Candidate]) -> Iterator[Limit]:
    asked = blueprint.difficulty
    if asked is None:
        return
    levels = {n: Fraction(one.item.difficulty) for n, one in enumerate(candidates)}
    for level, count in asked.levels.items():
        own = [n for n, difficulty in levels.items() if difficulty == int(level)]
        limit = _count(f"difficulty {level}", ("difficulty", "levels", level), own, count)
        yield replace(limit, given_up=0.6)
    if asked.mean is None:
        return
    low, high = ends(asked.mean)
    yield Limit("mean difficulty", "", ("difficulty", "mean"), levels, low, high, "mean", 0.2)
    if asked.spread is not None:
        stated = [end for end in (low, high) if end is not None]
        middle = sum(stated, Fraction(0)) / max(1, len(stated))
        squares = {n: (level - middle) ** 2 for n, level in levels.items()}
        least, most = (None if end is None else end**2 for end in ends(asked.spread))
        trail = ("difficulty", "spread")
        yield Limit("spread of difficulty", "", trail, squares, least, most, "root", 0.1)


def _count(name: str, trail: Trail, own: Iterable[int], count: Count) -> Limit:
    return Limit(name, "items", trail, dict.fromkeys(own, ONE), *ends(count))


def _of_topic(name: str, trail: Trail, own: Iterable[int], count: Count) -> Limit:
    return replace(_count(name, trail, own, count), given_up=0.9)


def _amount(
    name: str, unit: str, trail: Trail, amounts: Mapping[int, Fraction], asked: Amount, given_up: float
) -> Limit:
    return Limit(name, unit, trail, amounts, *ends(asked), given_up=given_up)


def _alike(blueprint: Blueprint, candidates: Sequence[Candidate]) -> Iterator[Alike]:
    """Parallel forms have as many items in each section, and differ as little as is asked in the rest."""
    most = blueprint.parallel
    for index, plan in enumerate(blueprint.sections):
        if plan.count is None or isinstance(plan.count, Counts):
            own = {n: ONE for n, one in enumerate(candidates) if one.section == index}
            name = f"section `{' '.join(plan.title.split())}`, difference"
            yield Alike(name, "items", ("sections", index), own, Fraction(0))
    every = list(enumerate(candidates))
    worth = {n: one.points for n, one in every}
    yield Alike("points, difference", "points", ("parallel", "points"), worth, most.points)
    for topic in sorted({one.topic for one in candidates}):
        own = {n: ONE for n, one in every if one.topic == topic}
        yield Alike(f"topic `{topic}`, difference", "items", ("parallel", "topic"), own, Fraction(most.topic))
    levels = {n: Fraction(one.item.difficulty) for n, one in every}
    trail: Trail = ("parallel", "difficulty")
    yield Alike("mean difficulty, difference", "", trail, levels, most.difficulty, "mean")
    spent = {n: minutes_of(one.item) for n, one in every}
    yield Alike("expected minutes, difference", "minutes", ("parallel", "minutes"), spent, most.minutes)


# --- what never stands on one paper ------------------------------------------------------------------------


def _apart(blueprint: Blueprint, candidates: Sequence[Candidate]) -> Iterator[tuple[int, ...]]:
    """Candidates of which a paper has one at most: one item, one entry of the curriculum, enemies."""
    places: dict[str, list[int]] = defaultdict(list)
    sources: dict[str, list[int]] = defaultdict(list)
    exercises: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(candidates):
        places[one.item.id].append(n)
        for source in one.item.source:
            sources[source].append(n)
        if isinstance(one.item, Code):
            exercises[one.item.exercise].append(n)
    for group in (*places.values(), *sources.values(), *exercises.values()):
        if len(group) > 1:
            yield tuple(group)
    for enemies in enemies_of(blueprint, [one.item for one in candidates]):
        yield tuple(sorted(n for name in enemies for n in places.get(name, ())))


def enemies_of(blueprint: Blueprint, items: Iterable[Item]) -> Iterator[frozenset[str]]:
    """Groups of items of which a paper has one at most: as the blueprint or an item says, or nearly equal."""
    known = {item.id: item for item in items}
    groups = [*blueprint.enemies, *((name, other) for name in known for other in known[name].enemies)]
    for group in (*groups, *alike(known.values())):
        present = frozenset(group) & known.keys()
        if len(present) > 1:
            yield present


# --- what an item is ---------------------------------------------------------------------------------------


def key_size(item: Item) -> int:
    """How many options of an item are right; 0 for an item without options."""
    if not isinstance(item, SingleChoice | MultipleChoice):
        return 0
    keys = sum(isinstance(option, Key) for option in item.options)
    return keys or int(NONE_OF_THE_ABOVE in item.options)


def is_full_key(item: Item) -> bool:
    """Whether ticking everything is right."""
    return isinstance(item, MultipleChoice) and key_size(item) == len(item.options)


def _is_true(item: Item, seed: int) -> bool:
    """Whether a statement is true, once drawn."""
    if isinstance(item, TrueFalse) and isinstance(item.answer, str):
        item = draw(item, seed)
    return isinstance(item, TrueFalse) and item.answer is True
