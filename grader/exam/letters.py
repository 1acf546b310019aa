"""Balances the letters of the keys of a form by the choice of the orders of options."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from grader.exam.printed import key_letters
from grader.model.form import Question
from grader.model.item import MultipleChoice, SingleChoice
from grader.quiz.selection import letter

PASSES = 6
"""How often all questions are looked through for a better order; after two or three there is none."""


def balanced(orders: Sequence[Sequence[Question]]) -> list[Question]:
    """Of each question one of its orders, so that the keys fall as evenly on the letters as these allow."""
    over = [[_over([question]) for question in own] for own in orders]
    chosen = [0] * len(orders)
    total: dict[str, Fraction] = defaultdict(Fraction)
    for own in over:
        _add(total, own[0], 1)
    for _ in range(PASSES):
        before = list(chosen)
        for index, own in enumerate(over):
            if own[0]:
                _add(total, own[chosen[index]], -1)
                chosen[index] = min(range(len(own)), key=lambda order: _cost(total, own[order]))
                _add(total, own[chosen[index]], 1)
        if chosen == before:
            break
    return [own[order] for own, order in zip(orders, chosen, strict=True)]


def _over(questions: Iterable[Question]) -> dict[str, Fraction]:
    """For each letter how many keys more than an even share are under it."""
    return {name: count - share for name, (count, share) in key_counts(questions).items()}


def _add(total: dict[str, Fraction], over: Mapping[str, Fraction], sign: int) -> None:
    for name, amount in over.items():
        total[name] += sign * amount


def _cost(total: Mapping[str, Fraction], over: Mapping[str, Fraction]) -> Fraction:
    """How uneven the letters of a question are with one of its orders; those of others stay as they are."""
    return sum(((total[name] + amount) ** 2 for name, amount in over.items()), Fraction(0))


def key_counts(questions: Iterable[Question]) -> dict[str, tuple[int, Fraction]]:
    """For each letter the keys under it, and how many an even share would be."""
    counts: Counter[str] = Counter()
    shares: dict[str, Fraction] = {}
    for choice in _choices(questions):
        keys = key_letters(choice)
        counts.update(keys)
        for index in range(len(choice.order)):
            share = Fraction(len(keys), len(choice.order))
            shares[letter(index)] = shares.get(letter(index), Fraction(0)) + share
    return {name: (counts[name], shares[name]) for name in sorted(shares)}


def unevenness(questions: Iterable[Question]) -> Fraction:
    """How far the keys under one letter are at most from an even share."""
    return max(map(abs, _over(questions).values()), default=Fraction(0))


def _choices(questions: Iterable[Question]) -> Iterator[Question]:
    for question in questions:
        if isinstance(question.item, SingleChoice | MultipleChoice):
            yield question
        yield from _choices(question.parts)
