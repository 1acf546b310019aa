"""Examples of what each scheme pays, computed by the scheme itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from grader.model.score import in_points
from grader.quiz.schemes import FITS, points
from grader.quiz.schemes.attempts import ATTEMPT_SCHEMES

WORTH = Fraction(4)
LETTERS = "ABCD"
TICKED = (("A", "A"), ("A", "B"), ("A", "AB"), ("AB", "AB"), ("AB", "A"), ("AB", "ABC"), ("AB", "AC"),
          ("AB", "CD"), ("ABC", "AB"), ("ABC", "ABCD"))  # fmt: skip
"""Keys and selections among four options."""
CREDITS = {"B": Fraction(1, 2), "C": Fraction(-1, 4)}
"""What two wrong options say that they are worth, where an option may."""
ORDERS = ("ABCD", "ABDC", "BADC", "ADCB", "DCBA")
EARNED: Mapping[str, Sequence[tuple[str, Sequence[Fraction]]]] = {
    "sum_of_parts": (
        ("both parts right", (Fraction(1, 2), Fraction(1, 2))),
        ("one right, one half right", (Fraction(1, 2), Fraction(1, 4))),
        ("one right, one blank", (Fraction(1, 2),)),
        ("one right, one that loses half of its points", (Fraction(1, 2), Fraction(-1, 4))),
    ),
    "rubric": (
        ("all criteria met", (Fraction(1, 2), Fraction(1, 4), Fraction(1, 4))),
        ("the one that is worth half", (Fraction(1, 2),)),
        ("half of that one", (Fraction(1, 4),)),
    ),
    "by_tests": (
        ("all tests pass", (Fraction(1, 2), Fraction(3, 8), Fraction(1, 8))),
        ("all but the smallest", (Fraction(1, 2), Fraction(3, 8))),
        ("none", ()),
    ),
}
"""What is answered, and the shares of the points that it earns."""
ATTEMPTS = ("1", "0 1", "0 0 1", "1/2 1", "1/2 1/4", "0 0 0")
"""The shares that one attempt after the other earns."""


@dataclass(frozen=True, slots=True)
class Examples:
    """A table: a line above it, two headings, and what is answered beside what it earns."""

    title: str
    headings: tuple[str, str]
    rows: Sequence[tuple[str, str, Fraction]]


def examples(scheme: str) -> Examples:
    """The examples of a scheme, for 4 points."""
    if scheme in ATTEMPT_SCHEMES:
        earned = ATTEMPT_SCHEMES[scheme]
        rows = [("", text, WORTH * earned([Fraction(one) for one in text.split()])) for text in ATTEMPTS]
        return Examples(_title("share of each attempt"), ("", "attempts"), rows)
    if scheme in FITS["multiple_choice"]:
        rows = [(key, ticked, _ticked(scheme, ticked, key)) for key, ticked in TICKED]
        return Examples(_title("4 options"), ("right", "ticked"), rows)
    if scheme in FITS["single_choice"]:
        rows = [("A", ticked, _ticked(scheme, ticked, "A", CREDITS)) for ticked in LETTERS]
        told = ", ".join(f"{name} states a credit of {credit}" for name, credit in CREDITS.items())
        return Examples(_title(f"4 options, {told}"), ("right", "ticked"), rows)
    if scheme in EARNED:
        rows = [("", told, _of_shares(scheme, shares)) for told, shares in EARNED[scheme]]
        return Examples(_title("shares of the points"), ("", "answered"), rows)
    return _of_entries(scheme)


def _of_entries(scheme: str) -> Examples:
    """Those of a matching or a table, and those of an ordering."""
    if scheme == "pairs_in_order":
        rows = [(LETTERS, order, _in_order(scheme, order)) for order in ORDERS]
        return Examples(_title("4 steps"), ("right", "given"), rows)
    rows = [
        (str(len(LETTERS)), str(right), _ticked(scheme, LETTERS[:right], LETTERS))
        for right in range(len(LETTERS), -1, -1)
    ]
    return Examples(_title("4 pairs or cells"), ("of", "right"), rows)


def _title(what: str) -> str:
    return f"Examples, {what}, {in_points(WORTH)}:"


def _ticked(scheme: str, ticked: str, key: str, credit: Mapping[str, Fraction] | None = None) -> Fraction:
    return points(scheme, WORTH, frozenset(ticked), frozenset(key), options=len(LETTERS), credits=credit)


def _of_shares(scheme: str, shares: Sequence[Fraction]) -> Fraction:
    named = {str(index): share for index, share in enumerate(shares)}
    return points(scheme, WORTH, frozenset(named), frozenset(named), options=len(named), credits=named)


def _in_order(scheme: str, order: str) -> Fraction:
    given, right = frozenset(_before(order)), frozenset(_before(LETTERS))
    return points(scheme, WORTH, given, right, options=2 * len(right))


def _before(order: str) -> Iterator[str]:
    return (f"{first} before {second}" for first, second in combinations(order, 2))
