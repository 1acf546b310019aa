"""Small banks for the tests of assembly, and a checker that knows nothing of how papers are made."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

from grader.exam.effort import minutes_of
from grader.model.answer import NumberAnswer
from grader.model.blueprint import Blueprint, Plan, ends
from grader.model.form import Form
from grader.model.item import (
    Bank,
    Code,
    Distractor,
    Item,
    Key,
    MultipleChoice,
    Option,
    Place,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)


def true_false(name: str, **stated: Any) -> Item:
    item = TrueFalse(type="true_false", id=name, stem=f"About {name}.", explanation="So.", answer=True)
    return replace(item, **stated)


def short(name: str, **stated: Any) -> Item:
    stem = f"How much is {name}?"
    item = ShortAnswer(type="short_answer", id=name, stem=stem, explanation="So.", answer=NumberAnswer("1"))
    return replace(item, **stated)


def single(name: str, **stated: Any) -> Item:
    options: tuple[Option, ...] = (Key(f"{name} 1"), *(Distractor(f"{name} {n}") for n in (2, 3, 4)))
    item = SingleChoice(
        type="single_choice", id=name, stem=f"Which {name}?", explanation="So.", options=options
    )
    return replace(item, **stated)


def multiple(name: str, keys: int, **stated: Any) -> Item:
    options = tuple(Key(f"{name} {n}") if n < keys else Distractor(f"{name} {n}") for n in range(4))
    item = MultipleChoice(
        type="multiple_choice", id=name, stem=f"Which {name}?", explanation="So.", options=options
    )
    return replace(item, **stated)


def code(name: str, exercise: str) -> Item:
    return Code(type="code", id=name, stem=f"Write {name}.", explanation="So.", exercise=exercise)


def bank_of(items: Iterable[Item], topics: dict[str, str] | None = None) -> Bank:
    known = {item.id: item for item in items}
    of = {name: (topics or {}).get(name, "any") for name in known}
    return Bank(known, of, {name: Place(Path("b.yaml"), 1, 1) for name in known})


def blueprint_of(*plans: Plan, **asked: Any) -> Blueprint:
    return replace(Blueprint("small", "Small", 10, plans), **asked)


# --- the checker -------------------------------------------------------------------------------------------


def broken_promises(blueprint: Blueprint, bank: Bank, forms: Sequence[Form]) -> Iterator[str]:
    """What of a blueprint forms do not keep, counted by hand."""
    for form in forms:
        yield from (f"{form.id}: {told}" for told in _of_form(blueprint, bank, form))
    for one, other in combinations(forms, 2):
        shared = {q.item.id for q in one.questions} & {q.item.id for q in other.questions}
        if len(shared) > blueprint.overlap:
            yield f"overlap {shared}"
        if abs(_points(one) - _points(other)) > blueprint.parallel.points:
            yield "parallel points"
        if abs(_mean(one) - _mean(other)) > blueprint.parallel.difficulty:
            yield "parallel difficulty"
        if abs(_minutes(one) - _minutes(other)) > blueprint.parallel.minutes:
            yield "parallel minutes"
        counts = [Counter(bank.topics[q.item.id] for q in form.questions) for form in (one, other)]
        if any(abs(counts[0][t] - counts[1][t]) > blueprint.parallel.topic for t in counts[0] | counts[1]):
            yield "parallel topics"


def _of_form(blueprint: Blueprint, bank: Bank, form: Form) -> Iterator[str]:
    items = [question.item for question in form.questions]
    names = [item.id for item in items]
    sources = [source for item in items for source in item.source]
    if len(set(names)) < len(names):
        yield "an item twice"
    if len(set(sources)) < len(sources):
        yield "an entry twice"
    if blueprint.used & set(names):
        yield "a used item"
    enemies = [*map(set, blueprint.enemies), *({item.id, enemy} for item in items for enemy in item.enemies)]
    if any(len(group & set(names)) > 1 for group in enemies):
        yield "enemies"
    for plan, section in zip(blueprint.sections, form.sections, strict=True):
        own = [question.item for question in section.questions]
        if any(item.type not in plan.kinds for item in own):
            yield "a type"
        if plan.topics and any(bank.topics[item.id] not in plan.topics for item in own):
            yield "a topic of a section"
        if plan.count is not None and not within(len(own), plan.count):
            yield f"count {len(own)}"
        if plan.total is not None and not within(sum((item.worth for item in own), Fraction(0)), plan.total):
            yield "total"
        if plan.true_statements is not None:
            true = sum(isinstance(item, TrueFalse) and item.answer is True for item in own)
            if not within(true, plan.true_statements):
                yield f"true statements {true}"
    if not within(_points(form), blueprint.points):
        yield "points"
    if not within(_minutes(form), blueprint.expected_minutes):
        yield "minutes"
    topics = Counter(bank.topics[name] for name in names)
    for topic, count in blueprint.topics.items():
        if not within(topics[topic], count):
            yield f"topic {topic}"
    for topic in topics.keys() - blueprint.topics.keys():
        if not within(topics[topic], blueprint.each_topic):
            yield f"each topic {topic}"
    for area in blueprint.areas:
        if not within(sum(topics[topic] for topic in area.topics), area.items):
            yield f"area {area.title}"
    if blueprint.difficulty:
        if not within(_mean(form), blueprint.difficulty.mean):
            yield "mean difficulty"
        levels = Counter(item.difficulty for item in items)
        for level, count in blueprint.difficulty.levels.items():
            if not within({str(k): v for k, v in levels.items()}.get(level, 0), count):
                yield f"difficulty {level}"


def within(number: int | Fraction, asked: Any) -> bool:
    low, high = ends(asked)
    return (low is None or number >= low) and (high is None or number <= high)


def _points(form: Form) -> Fraction:
    return sum((question.points for question in form.questions), Fraction(0))


def _mean(form: Form) -> Fraction:
    return Fraction(sum(question.item.difficulty for question in form.questions), len(form.questions))


def _minutes(form: Form) -> Fraction:
    return sum((minutes_of(question.item) for question in form.questions), Fraction(0))
