"""Scoring schemes: each a pure function from what was selected to points, in exact fractions."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from grader.model.answer import NearMiss
from grader.model.item import Item, Option, Part, ShortAnswer, SingleChoice
from grader.quiz.schemes import options as ticks
from grader.quiz.schemes import shares
from grader.quiz.schemes.response import Letters, Response, Scheme

__all__ = ["DEFAULTS", "FITS", "PAYING_A_BLANK", "PAYING_CREDITS", "RULES", "SCHEMES", "Letters", "Response",
           "Scheme", "points", "scheme_of"]  # fmt: skip

_ALL = Fraction(-1)

SCHEMES: Mapping[str, Scheme] = {
    "symmetric_difference": ticks.symmetric_difference,
    "all_or_nothing": ticks.all_or_nothing,
    "right_or_minus_half": ticks.right_or_minus(2),
    "right_or_minus_third": ticks.right_or_minus(3),
    "right_or_minus_quarter": ticks.right_or_minus(4),
    "guess_neutral": ticks.guess_neutral,
    "net_correct": ticks.net_correct,
    "coverage": ticks.coverage,
    "every_decision": ticks.every_decision,
    "proportional_correct": ticks.proportional_correct,
    "halves": ticks.halves,
    "exams_true": ticks.exams("true"),
    "exams_false": ticks.exams("false"),
    "exams_false2": ticks.exams("false2"),
    "exams_all": ticks.exams("all"),
    "exams_none": ticks.exams("none"),
    "exams_true_negative": ticks.exams("true", _ALL),
    "exams_false_negative": ticks.exams("false", _ALL),
    "exams_false2_negative": ticks.exams("false2", _ALL),
    "exams_all_negative": ticks.exams("all", _ALL),
    "moodle": ticks.moodle,
    "moodle_single": ticks.moodle_single,
    "sum_ticked": ticks.sum_ticked,
    "per_option": ticks.per_option,
    "share_right": shares.share_right,
    "pairs_in_order": shares.pairs_in_order,
    "sum_of_parts": shares.sum_of_parts,
    "rubric": shares.rubric,
    "by_tests": shares.by_tests,
}

PAYING_A_BLANK = frozenset({"every_decision", "halves"})
"""Whose definition pays for what a blank gets right; in every other scheme a blank earns 0."""

PAYING_CREDITS = frozenset({"per_option", "moodle", "moodle_single", "sum_ticked"})
"""Which look at what an option or a near miss says it is worth."""

_TICK = "Select all that apply: "

RULES: Mapping[str, str] = {
    "symmetric_difference": (
        f"{_TICK}{{worth}} for exactly the right options, {{half}} off for each option"
        " ticked wrongly or missed, never below 0; a blank answer earns 0."
    ),
    "all_or_nothing": "A right answer earns its points, a wrong or blank one 0.",
    "right_or_minus_half": ("A right answer earns {worth}, a wrong one loses {half}, a blank one earns 0."),
    "right_or_minus_third": (
        "A right answer earns {worth}, a wrong one loses a third as many, a blank one earns 0."
    ),
    "right_or_minus_quarter": (
        "A right answer earns {worth}, a wrong one loses a quarter as many, a blank one earns 0."
    ),
    "guess_neutral": (
        "A right answer earns {worth}; a wrong one loses so much that a guess is worth 0 on average;"
        " a blank one earns 0."
    ),
    "net_correct": (
        f"{_TICK}each right tick earns an equal share of {{worth}}, each wrong tick takes one share"
        " back, never below 0; a blank answer earns 0."
    ),
    "coverage": (
        f"{_TICK}the share of the right options that you tick, times the share of your ticks that is right,"
        " of {worth}; a blank answer earns 0."
    ),
    "every_decision": (
        f"{_TICK}each option counts by itself, and each one rightly ticked or rightly left alone earns an"
        " equal share of {worth}; so does each one that a blank answer rightly leaves alone."
    ),
    "proportional_correct": (
        f"{_TICK}each right tick earns an equal share of {{worth}}, and one wrong tick loses them all;"
        " a blank answer earns 0."
    ),
    "halves": (
        f"{_TICK}{{worth}} without an error, {{half}} with one, half of that with two (of five options"
        " or more), else 0; an error is an option ticked wrongly or missed, in a blank answer too."
    ),
    "exams_true": (
        f"{_TICK}each right tick earns an equal share of {{worth}}, each wrong tick costs as much,"
        " never below 0; a blank answer earns 0."
    ),
    "exams_false": (
        f"{_TICK}all right ticks together earn {{worth}} and all wrong ones together cost as many,"
        " never below 0; a blank answer earns 0."
    ),
    "exams_false2": (
        f"{_TICK}all right ticks together earn {{worth}} and all wrong ones together cost as many (one"
        " alone {half} at most), never below 0; a blank answer earns 0."
    ),
    "exams_all": (
        f"{_TICK}each right tick earns an equal share of {{worth}}, and one wrong tick loses them all;"
        " a blank answer earns 0."
    ),
    "exams_none": (
        f"{_TICK}each right tick earns an equal share of {{worth}}, a wrong one costs nothing; a blank"
        " answer earns 0."
    ),
    "exams_true_negative": (
        f"{_TICK}each right tick earns an equal share of {{worth}}, each wrong tick costs as much,"
        " which may end below 0; a blank answer earns 0."
    ),
    "exams_false_negative": (
        f"{_TICK}all right ticks together earn {{worth}} and all wrong ones together cost as many,"
        " which may end below 0; a blank answer earns 0."
    ),
    "exams_false2_negative": (
        f"{_TICK}all right ticks together earn {{worth}} and all wrong ones together cost as many (one"
        " alone {half} at most), which may end below 0; a blank answer earns 0."
    ),
    "exams_all_negative": (
        f"{_TICK}each right tick earns an equal share of {{worth}}, each wrong tick costs all of them,"
        " which may end below 0; a blank answer earns 0."
    ),
    "moodle": (
        f"{_TICK}each tick adds its share of {{worth}}, or takes it off, never below 0; a blank answer"
        " earns 0."
    ),
    "moodle_single": "The option you choose earns its share of {worth}, or loses it; a blank one 0.",
    "sum_ticked": (f"{_TICK}each tick adds its share of {{worth}}, never below 0; a blank answer earns 0."),
    "per_option": (
        "The right answer earns {worth}, an answer that is partly right a part of them, any other and"
        " a blank one 0."
    ),
    "share_right": "Each entry that is right earns an equal share of {worth}, any other 0.",
    "pairs_in_order": (
        "Of every two steps, those in the right order earn an equal share of {worth} and those in the"
        " wrong order lose it, never below 0; a blank answer earns 0."
    ),
    "sum_of_parts": "Each part earns the points that stand beside it.",
    "rubric": "A person gives points for each criterion that is met, {worth} in all.",
    "by_tests": "Your code earns its share of {worth} for each test that it passes.",
}
"""Each scheme in one sentence, for the paper; `worth` and `half`: the points of an item, and half of them."""

DEFAULTS: Mapping[str, str] = {
    "true_false": "right_or_minus_half",
    "single_choice": "all_or_nothing",
    "multiple_choice": "symmetric_difference",
    "short_answer": "all_or_nothing",
    "matching": "share_right",
    "ordering": "pairs_in_order",
    "table": "share_right",
    "parts": "sum_of_parts",
    "code": "by_tests",
    "essay": "rubric",
}
"""The scheme of each type of item where neither a blueprint nor the item names one."""

_PENALTIES = frozenset({"all_or_nothing", *(name for name in SCHEMES if name.startswith("right_or_minus"))})
_OF_SHARES = frozenset({"share_right", "pairs_in_order", "sum_of_parts", "rubric", "by_tests"})
_OF_OPTIONS = frozenset(SCHEMES) - _OF_SHARES

FITS: Mapping[str, frozenset[str]] = {
    "true_false": _PENALTIES | {"guess_neutral"},
    "single_choice": _OF_OPTIONS,
    "multiple_choice": _OF_OPTIONS - {"per_option", "moodle_single"},
    "short_answer": _PENALTIES | {"per_option"},
    "matching": frozenset({"share_right", "all_or_nothing"}),
    "ordering": frozenset({"pairs_in_order", "all_or_nothing"}),
    "table": frozenset({"share_right", "all_or_nothing"}),
    "parts": frozenset({"sum_of_parts"}),
    "code": frozenset({"by_tests", "all_or_nothing"}),
    "essay": frozenset({"rubric"}),
}
"""The schemes that mean something for each type of item."""


def scheme_of(item: Item | Part, of_section: str | None = None) -> str:
    """What an item is scored by: its own scheme, else its section's, else that of its type and credits."""
    stated: Sequence[Option | NearMiss] = ()
    if isinstance(item, SingleChoice):
        stated = item.options
    elif isinstance(item, ShortAnswer):
        stated = item.near_misses
    has_credit = any(not isinstance(one, str) and one.credit is not None for one in stated)
    return item.scheme or of_section or ("per_option" if has_credit else DEFAULTS[item.type])


def points(
    scheme: str,
    worth: Fraction,
    selected: Letters,
    key: Letters,
    *,
    options: int,
    credits: Mapping[str, Fraction] | None = None,  # noqa: A002 (what the field of an option is called)
) -> Fraction:
    """What a selection out of so many options earns; 0 for a blank one, unless the scheme pays for it."""
    if not selected and scheme not in PAYING_A_BLANK:
        return Fraction(0)
    return SCHEMES[scheme](Response(worth, selected, key, options, credits or {}))
