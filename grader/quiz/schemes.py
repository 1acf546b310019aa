"""Scoring schemes: each a pure function from what was selected to points, in exact fractions."""

from collections.abc import Callable, Mapping
from fractions import Fraction

Letters = frozenset[str]
Scheme = Callable[[Fraction, Letters, Letters], Fraction]
"""From the points of a full answer, the selection and the key to the points earned.

A selection is never empty here: a blank answer earns 0 in every scheme, and `points` sees to it.
"""


def symmetric_difference(worth: Fraction, selected: Letters, key: Letters) -> Fraction:
    """max(0, p - p/2 * |selected Δ key|): half the points off for each option in the wrong state.

    The multiple-choice rule of the practice midterm (002_004, section 0.2), where p is 4.

    >>> symmetric_difference(Fraction(4), frozenset("AB"), frozenset("A"))
    Fraction(2, 1)
    """
    return max(Fraction(0), worth - worth / 2 * len(selected ^ key))


def all_or_nothing(worth: Fraction, selected: Letters, key: Letters) -> Fraction:
    """p for exactly the key, else 0."""
    return worth if selected == key else Fraction(0)


def right_or_minus_half(worth: Fraction, selected: Letters, key: Letters) -> Fraction:
    """p for the key, -p/2 for anything else.

    The true/false rule of the practice midterm (002_004, section 0.1): +2, -1, blank 0.
    """
    return worth if selected == key else -worth / 2


SCHEMES: Mapping[str, Scheme] = {
    "symmetric_difference": symmetric_difference,
    "all_or_nothing": all_or_nothing,
    "right_or_minus_half": right_or_minus_half,
}

RULES: Mapping[str, str] = {
    "symmetric_difference": (
        "Select all that apply: {worth} points for exactly the right options, {half} off for each option"
        " ticked wrongly or missed, never below 0; a blank answer earns 0."
    ),
    "all_or_nothing": "A right answer earns its points, a wrong or blank one 0.",
    "right_or_minus_half": (
        "A right answer earns {worth} points, a wrong one loses {half}, a blank one earns 0."
    ),
}
"""Each scheme in one sentence, for the paper; `worth` and `half`: the points of an item, and half of them."""

DEFAULTS: Mapping[str, str] = {
    "true_false": "right_or_minus_half",
    "single_choice": "all_or_nothing",
    "multiple_choice": "symmetric_difference",
    "short_answer": "all_or_nothing",
}
"""The scheme of each type of item where a blueprint names none."""


def points(scheme: str, worth: Fraction, selected: Letters, key: Letters) -> Fraction:
    """What a selection earns; 0 for a blank one, whatever the scheme's formula would pay for it."""
    return SCHEMES[scheme](worth, selected, key) if selected else Fraction(0)
