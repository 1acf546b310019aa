"""Finds wrong answers that are right after all, and options that are one and the same as printed."""

from collections.abc import Iterator
from dataclasses import dataclass

from grader.model.answer import NearMiss
from grader.model.item import (
    Distractor,
    Item,
    Key,
    Matching,
    MultipleChoice,
    Ordering,
    Parts,
    ShortAnswer,
    SingleChoice,
    Table,
)
from grader.quiz.answers import is_right
from grader.quiz.parameters import Step


@dataclass(frozen=True, slots=True)
class Trap:
    """Where an item contradicts itself, and how."""

    step: Step
    rule: str
    what: str


def traps(item: Item) -> Iterator[Trap]:
    """The near misses that would be marked right, and what is printed twice where each must be one."""
    for step, question in typed_questions(item):
        yield from _right_misses(step, question)
    for step, part in ((), item), *_parts(item):
        yield from _twins(step, part)


def typed_questions(item: Item, step: Step = ()) -> Iterator[tuple[Step, ShortAnswer]]:
    """The questions of an item that are answered by typing, each with the place of its near misses."""
    match item:
        case ShortAnswer():
            yield step, item
        case Table():
            for (row, column), question in item.blanks.items():
                yield (*step, "rows", row, column), question
        case Parts():
            for inner, part in _parts(item):
                yield from typed_questions(part, (*step, *inner))


def as_typed(miss: NearMiss) -> str:
    """A near miss as somebody would type it."""
    if miss.shape is not None:
        return "x".join(map(str, miss.shape))
    given = (miss.number, miss.formula, miss.matrix_formula, miss.text)
    return next((text for text in given if text is not None), "")


def _parts(item: Item) -> Iterator[tuple[Step, Item]]:
    if isinstance(item, Parts):
        for index, part in enumerate(item.parts):
            yield ("parts", index), part


def _right_misses(step: Step, question: ShortAnswer) -> Iterator[Trap]:
    for index, miss in enumerate(question.near_misses):
        if is_right(question.answer, as_typed(miss)):
            what = f"the near miss `{as_typed(miss)[:60]}` would be marked right"
            yield Trap((*step, "near_misses", index), "near-miss-is-right", what)


def _twins(step: Step, item: Item) -> Iterator[Trap]:
    match item:
        case SingleChoice() | MultipleChoice():
            yield from _twin_options(step, item)
        case Matching():
            lefts = [((*step, "pairs", i, "left"), pair.left) for i, pair in enumerate(item.pairs)]
            rights = [((*step, "pairs", i, "right"), pair.right) for i, pair in enumerate(item.pairs)]
            rights += [((*step, "extras", i), extra) for i, extra in enumerate(item.extras)]
            yield from _repeated(lefts)
            yield from _repeated(rights)
        case Ordering():
            yield from _repeated([((*step, "steps", i), text) for i, text in enumerate(item.steps)])


def _twin_options(step: Step, item: SingleChoice | MultipleChoice) -> Iterator[Trap]:
    options = [
        ((*step, "options", index), option)
        for index, option in enumerate(item.options)
        if isinstance(option, Key | Distractor)
    ]
    yield from _repeated([(place, option.text) for place, option in options])
    keys = {option.value for _, option in options if isinstance(option, Key) and option.value is not None}
    for place, option in options:
        if isinstance(option, Distractor) and option.value in keys:
            what = f"the distractor `{_short(option.text)}` has the value of a key, {option.value}"
            yield Trap(place, "distractor-is-right", what)


def _repeated(texts: list[tuple[Step, str]]) -> Iterator[Trap]:
    seen: set[str] = set()
    for step, text in texts:
        plain = as_seen(text)
        if plain in seen:
            yield Trap(step, "printed-twice", f"`{_short(text)}` is printed twice")
        seen.add(plain)


def as_seen(text: str) -> str:
    """A text as a reader tells it from another: in a formula n and N are two things, elsewhere one."""
    plain = " ".join(text.split())
    return plain if "$" in plain or "`" in plain else plain.casefold()


def _short(text: str) -> str:
    return " ".join(text.split())[:60]
