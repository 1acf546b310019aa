"""Picks the items of all forms: among a few candidates first, among all where these are not enough."""

import random
from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from grader.exam.limits import Alike, Limit, Wanted, achieved, key_size
from grader.exam.solver import Missed, Picked, closest, solved

ENOUGH = 120
"""Candidates for each form among which is looked first: the search takes long where there are many."""
MORE = 4
"""By how much their number grows, and how often what is short is looked at anew."""


def pick(wanted: Wanted, rng: random.Random) -> Picked | Missed:
    """The candidates of each form; where not all that is asked can be met, what would be missed.

    Raises:
        UsageError: scipy is not there, or the search ended without an answer.
    """
    order = _sort_by_sort(wanted, rng)
    size = ENOUGH * wanted.forms
    while True:
        some = sorted(order[:size])
        found = solved(_among(wanted, some), rng)
        if found is not None:
            return _named(found, some)
        if size >= len(order):
            break
        size *= MORE
    missed = _missed(wanted, order)
    preferred = {n for n in missed.limits if n < len(wanted.limits) and wanted.limits[n].preferred}
    if missed.limits - preferred:
        return Missed(missed.picked, missed.limits - preferred)
    return pick(_loosened(wanted, preferred, missed.picked), rng)


def _missed(wanted: Wanted, order: Sequence[int]) -> Missed:
    """What is missed by the least, with all at hand that could help."""
    enough = ENOUGH * wanted.forms
    some = set(order[:enough])
    every: Sequence[Limit | Alike] = (*wanted.limits, *wanted.alike)
    for _ in range(MORE):
        among = sorted(some)
        missed = closest(_among(wanted, among))
        helping = {n for index in missed.limits for n, amount in every[index].amounts.items() if amount}
        more = [n for n in order if n in helping and n not in some][:enough]
        some.update(more)
        if not more:
            break
    return Missed(_named(missed.picked, among), missed.limits)


def _named(picked: Picked, some: Sequence[int]) -> Picked:
    """The candidates as they are numbered among all."""
    return tuple(tuple(some[n] for n in form) for form in picked)


def _loosened(wanted: Wanted, preferred: Collection[int], picked: Picked) -> Wanted:
    """The same with wider bounds where something was only preferred: as wide as some papers need."""
    limits = list(wanted.limits)
    for index in preferred:
        limit = limits[index]
        numbers = [achieved(limit, form) for form in picked]
        numbers += [end for end in (limit.low, limit.high) if end is not None]
        limits[index] = replace(limit, low=min(numbers), high=max(numbers), preferred=False)
    return replace(wanted, limits=limits)


def _sort_by_sort(wanted: Wanted, rng: random.Random) -> Sequence[int]:
    """All candidates: of every sort the first that chance names, then of every sort the second, and so on."""
    seen: Counter[Hashable] = Counter()
    ranked = []
    for chance, n in sorted((rng.random(), n) for n in range(len(wanted.candidates))):
        one = wanted.candidates[n]
        sort = (one.section, one.topic, one.item.difficulty, one.points, key_size(one.item))
        ranked.append((seen[sort], chance, n))
        seen[sort] += 1
    return [n for _, _, n in sorted(ranked)]


def _among(wanted: Wanted, some: Sequence[int]) -> Wanted:
    """The same with only some of the candidates, counted anew."""
    places = {n: place for place, n in enumerate(some)}

    def amounts(limit: Limit | Alike) -> Mapping[int, Fraction]:
        return {places[n]: amount for n, amount in limit.amounts.items() if n in places}

    groups = (tuple(places[n] for n in group if n in places) for group in wanted.apart)
    return replace(
        wanted,
        candidates=[wanted.candidates[n] for n in some],
        limits=[replace(limit, amounts=amounts(limit)) for limit in wanted.limits],
        alike=[replace(alike, amounts=amounts(alike)) for alike in wanted.alike],
        apart=[group for group in groups if len(group) > 1],
    )
