"""Names what a blueprint asks for and the bank cannot give, with the numbers."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from grader.errors import Finding
from grader.exam.limits import Alike, Limit, Wanted, achieved
from grader.exam.limits import wanted as wanted_of
from grader.exam.solver import Missed
from grader.model.blueprint import Blueprint
from grader.model.item import Bank
from grader.model.score import show_points

PLENTY = "give wider bounds, or write more items"


def shortages(blueprint: Blueprint, bank: Bank, wanted: Wanted, missed: Missed) -> list[Finding]:
    """A finding for each limit that cannot be met together with the others."""
    return sorted(set(_shortages(blueprint, bank, wanted, missed)))


def uneven_letters(blueprint: Blueprint, uneven: Fraction) -> Finding:
    """The finding where no order of the options brings the keys close enough to an even share."""
    asked = show_points(blueprint.letters or Fraction(0))
    what = (
        f"letters of keys: at most {asked} from an even share asked; {show_points(uneven)} is the least found"
    )
    place = blueprint.place(("letters",))
    return Finding(place.path, place.line, place.column, "shortage", what, "allow more, or pin fewer options")


def _shortages(blueprint: Blueprint, bank: Bank, wanted: Wanted, missed: Missed) -> Iterator[Finding]:
    for limit in _named(wanted, missed):
        numbers = [achieved(limit, form) for form in missed.picked]
        if isinstance(limit, Alike):
            what, cure = _differs(limit, numbers), "allow more under `parallel`, or write more items"
        elif limit.low is not None and min(numbers) < limit.low:
            what, cure = _too_little(wanted, limit, min(numbers))
            what += _used(blueprint, bank, wanted, limit)
        else:
            what, cure = _too_much(wanted, limit, max(numbers)), PLENTY
        place = blueprint.place(limit.trail)
        yield Finding(place.path, place.line, place.column, "shortage", what, cure)


def _named(wanted: Wanted, missed: Missed) -> Iterator[Limit | Alike]:
    """What is missed by itself, without what is missed only because something else is."""
    limits = [limit for index, limit in enumerate(wanted.limits) if index in missed.limits]
    too_few = any(limit.trail[-1] in ("count", "total") for limit in limits)
    for limit in limits:
        if not (too_few and limit.trail in (("points",), ("expected_minutes",))):
            yield limit
    if not limits:
        first = len(wanted.limits)
        yield from (alike for n, alike in enumerate(wanted.alike, first) if n in missed.limits)


def _too_little(wanted: Wanted, limit: Limit, most: Fraction) -> tuple[str, str]:
    """What is missing, and the cure."""
    low = limit.low or Fraction(0)
    each, in_all = _in_each(wanted), low * (1 if wanted.overlap else wanted.forms)
    if limit.measure != "sum":
        return f"{limit.name}: {_asked(limit)} asked{each}; {number(limit, most)} is the nearest", PLENTY
    there, have = _eligible(wanted, limit)
    shared = ", and no item stands on two forms" if have >= low else ""
    if limit.unit == "items":
        stock = f"{limit.name}: {there} eligible {'item' if there == 1 else 'items'}"
        cure = "write more such items, or ask for fewer"
        if have < in_all:
            return f"{stock}, {number(limit, low)} needed{each}{shared}", cure
        fit = f"only {number(limit, most)} fit with all else that is asked"
        return f"{stock}, {number(limit, low)} needed{each}; {fit}", cure
    if have < in_all:
        stock = f"its {there} eligible items have {number(limit, have)} in all"
        return f"{limit.name}: {_asked(limit)} needed{each}; {stock}{shared}", PLENTY
    return f"{limit.name}: {_asked(limit)} asked{each}; {number(limit, most)} is the nearest", PLENTY


def _too_much(wanted: Wanted, limit: Limit, least: Fraction) -> str:
    each = _in_each(wanted)
    return f"{limit.name}: {_asked(limit)} asked{each}; all else that is asked needs {number(limit, least)}"


def _differs(alike: Alike, numbers: Sequence[Fraction]) -> str:
    apart = max(numbers) - min(numbers)
    most = f"{number(alike, alike.most)} at most"
    return f"{alike.name}: {most} between two forms asked; {number(alike, apart)} is the least"


def _eligible(wanted: Wanted, limit: Limit) -> tuple[int, Fraction]:
    """How many items add to a limit, and how much they all do."""
    best: dict[str, Fraction] = {}
    for n in limit.eligible:
        name = wanted.candidates[n].item.id
        best[name] = max(best.get(name, Fraction(0)), limit.amounts[n])
    return len(best), sum(best.values(), Fraction(0))


def _used(blueprint: Blueprint, bank: Bank, wanted: Wanted, limit: Limit) -> str:
    """How many more there would be, had none been used in earlier papers."""
    if not blueprint.used or limit.measure != "sum":
        return ""
    before = wanted_of(replace(blueprint, used=frozenset()), bank, 0, wanted.forms)
    same = next((one for one in before.limits if one.trail == limit.trail and one.name == limit.name), limit)
    more = _eligible(before, same)[0] - _eligible(wanted, limit)[0]
    return f"; {more} more {'was' if more == 1 else 'were'} used before" if more > 0 else ""


def _in_each(wanted: Wanted) -> str:
    return f" in each of {wanted.forms} forms" if wanted.forms > 1 else ""


def _asked(limit: Limit) -> str:
    return between(limit, limit.low, limit.high)


def between(limit: Limit | Alike, low: Fraction | None, high: Fraction | None) -> str:
    """Bounds in words."""
    if low is not None and low == high:
        return number(limit, low)
    if low is None:
        return "any" if high is None else f"at most {number(limit, high)}"
    return (
        f"at least {number(limit, low)}" if high is None else f"{number(limit, low)} to {number(limit, high)}"
    )


def number(limit: Limit | Alike, value: Fraction) -> str:
    """A number of a limit as people read it."""
    if limit.measure == "root":
        return f"{math.sqrt(value):.3g}"
    return f"{float(value):.3g}" if limit.measure == "mean" else show_points(value)


RULES: Mapping[str, str] = {
    "shortage": """\
What: a blueprint asks for what the bank cannot give: more items of a topic than there are, a mean that \
no such paper has.
Why: no paper keeps to all that is asked. What is named is the least that would have to give way.
Cure: write more such items, ask for less or between wider bounds, for fewer forms, or allow an \
`overlap`.""",
}
"""The pages of the rules of this module, for `grade explain`."""
