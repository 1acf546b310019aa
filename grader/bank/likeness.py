"""Finds items that ask nearly the same."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from grader.model.item import Item, Matching, MultipleChoice, Ordering, Part, Parts, SingleChoice

ALIKE = Fraction(3, 5)
"""The share of their runs of words that two items have in common when they ask the same."""
RUN = 3
TOO_COMMON = 200
"""A run of words that so many items share is a phrase of the house ("Which of these statements are")."""
_TOKEN = re.compile(r"\w+")


def alike(items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    """The ids of two items that ask nearly the same, the later first; of several pairs the nearest first."""
    names: list[str] = []
    runs: list[frozenset[tuple[str, ...]]] = []
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        own = _runs(_asked_words(item))
        names.append(item.id)
        runs.append(own)
        shared = Counter(other for run in own if len(holders[run]) < TOO_COMMON for other in holders[run])
        for other, common in shared.most_common():
            if common < ALIKE * len(own):
                break
            if common >= ALIKE * len(own | runs[other]):
                yield names[index], names[other]
        for run in own:
            holders[run].append(index)


def _asked_words(item: Item | Part) -> list[str]:
    """All that is asked, formulas too: two items that differ in these alone ask different things."""
    asked = [item.stem]
    match item:
        case SingleChoice() | MultipleChoice():
            asked += [option.text for option in item.options if not isinstance(option, str)]
        case Matching():
            asked += [text for pair in item.pairs for text in (pair.left, pair.right)]
        case Ordering():
            asked += item.steps
        case Parts():
            asked += [text for part in item.parts for text in _asked_words(part)]
        case _:
            pass
    return _TOKEN.findall(" ".join(asked).casefold())


def _runs(tokens: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Every run of three words, so that their order counts."""
    return frozenset(tuple(tokens[start : start + RUN]) for start in range(max(1, len(tokens) - RUN + 1)))
