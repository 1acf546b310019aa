"""Certifies of the forms of a blueprint what was asked, what each of them has, and how much is to spare."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from grader.exam.assembly import Choice, choice_of
from grader.exam.letters import key_counts, unevenness
from grader.exam.limits import Alike, Limit, Wanted, achieved, enemies_of, wanted
from grader.exam.paper_id import form_of
from grader.exam.shortage import between
from grader.model.blueprint import Blueprint
from grader.model.form import Form
from grader.model.item import Bank
from grader.model.score import show_points

Number = int | float


@dataclass(frozen=True, slots=True)
class Clause:
    """One constraint: its bounds (None where there is none), what each form has, what each has to spare.

    What holds `between` forms has one number for all of them. A slack below 0 is a preference that could not
    be met; it is None where nothing is bounded.
    """

    name: str
    unit: str
    asked: str
    low: Number | None
    high: Number | None
    achieved: tuple[Number, ...]
    between: bool = False

    @property
    def slack(self) -> tuple[Number | None, ...]:
        """How far each number lies within its bounds."""
        return tuple(map(self._slack, self.achieved))

    def _slack(self, number: Number) -> Number | None:
        room = [] if self.low is None else [number - self.low]
        room += [] if self.high is None else [self.high - number]
        return round(min(room), 4) if room else None


@dataclass(frozen=True, slots=True)
class Placed:
    """A question of a form: its topic, how difficult it is, what it is worth."""

    topic: str
    difficulty: int
    points: Fraction


@dataclass(frozen=True, slots=True)
class Paper:
    """One form in a certificate: its letter, its id, its items by section, the keys under each letter."""

    letter: str
    id: str
    items: Choice
    keys: Mapping[str, int]
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was asked of the forms of one seed, and what they have."""

    title: str
    blueprint: str
    seed: int
    papers: tuple[Paper, ...]
    clauses: tuple[Clause, ...]


def certify(blueprint: Blueprint, bank: Bank, forms: Sequence[Form]) -> Certificate:
    """The certificate of forms, counted on the papers and not taken from the solver."""
    asks = wanted(blueprint, bank, forms[0].seed, len(forms))
    choices = [choice_of(form) for form in forms]
    picked = [_picked(asks, choice) for choice in choices]
    clauses = [
        *_of_limits(asks, picked),
        *_together(blueprint, bank, choices),
        _of_letters(blueprint, forms),
        *(_between(blueprint, asks, picked, choices) if len(forms) > 1 else ()),
    ]
    papers = tuple(
        Paper(form_of(form.id).letter or "A", form.id, choice, _keys(form), _placed(form, bank))
        for form, choice in zip(forms, choices, strict=True)
    )
    return Certificate(blueprint.title, blueprint.name, forms[0].seed, papers, tuple(clauses))


def _picked(asks: Wanted, choice: Choice) -> list[int]:
    places = {(one.section, one.item.id): n for n, one in enumerate(asks.candidates)}
    return [places[index, name] for index, names in enumerate(choice) for name in names]


def _of_limits(asks: Wanted, picked: Sequence[Sequence[int]]) -> Iterator[Clause]:
    for limit in asks.limits:
        numbers = [achieved(limit, form) for form in picked]
        # Of a limit on each topic, those that no form touches say nothing.
        if limit.trail != ("each_topic",) or any(numbers) or limit.low:
            yield _clause(limit, numbers)


def _clause(limit: Limit, numbers: Sequence[Fraction]) -> Clause:
    low, high = (None if end is None else _plain(limit, end) for end in (limit.low, limit.high))
    told = tuple(_plain(limit, number) for number in numbers)
    asked = between(limit, limit.low, limit.high)
    if limit.preferred:
        asked = f"{asked} if possible"
    return Clause(limit.name, limit.unit, asked, low, high, told)


def _plain(limit: Limit | Alike, number: Fraction) -> Number:
    return _number(Fraction(math.sqrt(number)) if limit.measure == "root" else number)


def _number(number: Fraction) -> Number:
    return int(number) if number.denominator == 1 else round(float(number), 4)


def _together(blueprint: Blueprint, bank: Bank, choices: Sequence[Choice]) -> Iterator[Clause]:
    """What no paper may have beside each other, or at all."""
    items = [[bank.items[name] for names in choice for name in names] for choice in choices]
    twice = [[source for item in own for source in item.source] for own in items]
    yield _none("entries of the curriculum asked twice", (len(own) - len(set(own)) for own in twice))
    pairs = (sum(1 for _ in enemies_of(blueprint, own)) for own in items)
    yield _none("enemies on one paper", pairs)
    if blueprint.used:
        used = (sum(item.id in blueprint.used for item in own) for own in items)
        yield _none("items of earlier papers", used)


def _none(name: str, numbers: Iterator[int]) -> Clause:
    return Clause(name, "items", "none", None, 0, tuple(numbers))


def _of_letters(blueprint: Blueprint, forms: Sequence[Form]) -> Clause:
    most = blueprint.letters
    asked = "as even as can be" if most is None else f"at most {show_points(most)}"
    far = tuple(_number(unevenness(form.questions)) for form in forms)
    high = None if most is None else _number(most)
    return Clause("letters of keys, farthest from an even share", "keys", asked, None, high, far)


def _keys(form: Form) -> Mapping[str, int]:
    return {name: count for name, (count, _) in key_counts(form.questions).items()}


def _placed(form: Form, bank: Bank) -> tuple[Placed, ...]:
    return tuple(Placed(bank.topics[one.item.id], one.item.difficulty, one.points) for one in form.questions)


def _between(
    blueprint: Blueprint, asks: Wanted, picked: Sequence[Sequence[int]], choices: Sequence[Choice]
) -> Iterator[Clause]:
    sets = [{name for names in choice for name in names} for choice in choices]
    shared = max(len(one & other) for one, other in combinations(sets, 2))
    most = blueprint.overlap
    yield Clause(
        "items that two forms share", "items", f"at most {most}", None, most, (shared,), between=True
    )
    topics = []
    for alike in asks.alike:
        numbers = [achieved(alike, form) for form in picked]
        apart = max(numbers) - min(numbers)
        if alike.trail == ("parallel", "topic"):
            topics.append(apart)
            continue
        asked = between(alike, None, alike.most)
        high = _number(alike.most)
        yield Clause(alike.name, alike.unit, asked, None, high, (_number(apart),), between=True)
    most = blueprint.parallel.topic
    farthest = (_number(max(topics, default=Fraction(0))),)
    yield Clause("each topic, difference", "items", f"at most {most}", None, most, farthest, between=True)
