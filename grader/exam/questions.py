"""Makes an item a question of a form: drawn, shuffled, with its points and its scheme."""

import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from grader.errors import UsageError
from grader.model.form import Question
from grader.model.item import (
    NONE_OF_THE_ABOVE,
    Item,
    Matching,
    MultipleChoice,
    Option,
    Ordering,
    Parts,
    SingleChoice,
)
from grader.model.score import in_points, show_points
from grader.quiz.drawing import drawn
from grader.quiz.parameters import DrawError
from grader.quiz.schemes import RULES, scheme_of

_PLAIN = {"all_or_nothing", "rubric"}
"""Schemes that need no sentence beside a question: its points say all."""


def draw(item: Item, seed: int) -> Item:
    """The item with the values of a seed in its texts.

    Raises:
        UsageError: it cannot be drawn.
    """
    try:
        return drawn(item, seed)
    except DrawError as error:
        raise UsageError(f"the item `{item.id}` cannot be drawn: {error}") from None


def asked(
    item: Item,
    number: int,
    *,
    points: Fraction | None = None,
    scheme: str | None = None,
    rng: random.Random | None = None,
) -> Question:
    """A drawn item as a question; without a generator options have the letters of the bank.

    `scheme` is the section's, which that of an item goes before.
    """
    worth = item.worth if points is None else points
    question = Question(item, number, worth, scheme_of(item, scheme), _order(item, rng))
    if not isinstance(item, Parts):
        return question
    # The parts share the points of the item as their own points are to one another.
    share = worth / sum((part.worth for part in item.parts), Fraction(0))
    parts = (
        asked(part, index, points=part.worth * share, rng=rng) for index, part in enumerate(item.parts, 1)
    )
    return replace(question, parts=tuple(map(with_rule, parts)))


def loose_question(item: Item, seed: int = 0) -> Question:
    """An item on its own: its own points, its type's scheme, the bank's letters.

    Raises:
        UsageError: it cannot be drawn.
    """
    return asked(draw(item, seed), 1)


def rule_of(scheme: str, worth: Fraction | None) -> str:
    """A scheme in one sentence; None where its questions are worth different points."""
    told = in_points(worth) if worth is not None else "its points"
    half = show_points(worth / 2) if worth is not None else "half of them"
    return RULES[scheme].format(worth=told, half=half)


def with_rule(question: Question) -> Question:
    """The question with its scheme in one sentence, where its points do not say all."""
    is_plain = question.scheme in _PLAIN
    return replace(question, rule="" if is_plain else rule_of(question.scheme, question.points))


def _order(item: Item, rng: random.Random | None) -> tuple[int, ...]:
    match item:
        case SingleChoice(options=options) | MultipleChoice(options=options):
            pinned = [rng is None or not item.shuffle or _is_pinned(option) for option in options]
        case Matching(rights=rights):
            pinned = [not item.shuffle] * len(rights)
        case Ordering(steps=steps):
            pinned = [False] * len(steps)
        case _:
            return ()
    # The bank states pairs and steps in the right order, which nobody may be shown.
    order = _shuffled(pinned, rng or random.Random(item.id))  # noqa: S311 (a draw, not a secret)
    is_told = isinstance(item, Ordering) and order == tuple(range(len(order)))
    return (*order[1:], order[0]) if is_told else order


def _is_pinned(option: Option) -> bool:
    return option == NONE_OF_THE_ABOVE or (not isinstance(option, str) and option.pinned)


def _shuffled(pinned: Sequence[bool], rng: random.Random) -> tuple[int, ...]:
    """The places in random order, but for the pinned ones."""
    # The random numbers are drawn for all, so that a pinned one does not shift the others.
    drawn_numbers = [rng.random() for _ in pinned]
    free = [index for index, fixed in enumerate(pinned) if not fixed]
    moved = iter(sorted(free, key=lambda index: drawn_numbers[index]))
    return tuple(index if fixed else next(moved) for index, fixed in enumerate(pinned))
