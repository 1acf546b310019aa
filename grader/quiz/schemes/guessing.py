"""What guessing earns under each scheme: exact expected scores, by trying every outcome."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

from grader.quiz.schemes import FITS, Letters, points
from grader.quiz.schemes.attempts import ATTEMPT_SCHEMES

TYPICAL = ((4, 1), (4, 2), (4, 3), (5, 2), (5, 3))
"""How many options there are, and how many of them are keys."""
LENGTHS = (3, 4, 5)
"""How many pairs a matching has, or steps an ordering: all orders of six are still tried at once."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What one way of guessing earns on average, as a share of the points, in one situation."""

    situation: str
    strategy: str
    expected: Fraction


def guesses(scheme: str) -> Iterator[Guess]:
    """The ways to guess at items of this scheme, situation by situation; none where nobody can guess."""
    if scheme in ATTEMPT_SCHEMES:
        yield from (_another_each_time(scheme, options) for options in (2, 4, 5))
    if scheme in FITS["multiple_choice"]:
        for options, keys in TYPICAL:
            yield from _ticks(scheme, options, keys)
    if scheme in FITS["single_choice"] and scheme not in FITS["short_answer"] | FITS["multiple_choice"]:
        for options in (3, 4, 5):
            yield _one_tick(scheme, options)
    if scheme in FITS["true_false"] or scheme == "per_option":
        for options in (4, 5) if scheme == "per_option" else (2, 4, 5):
            yield _one_tick(scheme, options)
    if scheme == "share_right":
        yield from (_at_random(scheme, n, _pairs, "pairs") for n in LENGTHS)
    if scheme == "pairs_in_order":
        yield from (_at_random(scheme, n, _before, "steps") for n in LENGTHS)


def expected(scheme: str, options: int, keys: int, ticked: Sequence[Letters]) -> Fraction:
    """The mean share of the points over the selections, each as likely as the others."""
    key = frozenset(_letters(options)[:keys])
    shares = [points(scheme, Fraction(1), one, key, options=options) for one in ticked]
    return sum(shares, Fraction(0)) / len(shares)


def coin_flips(options: int) -> list[Letters]:
    """Every selection there is: each option is ticked or not, as a coin falls."""
    letters = _letters(options)
    return [frozenset(some) for size in range(options + 1) for some in combinations(letters, size)]


def _ticks(scheme: str, options: int, keys: int) -> Iterator[Guess]:
    situation = f"{options} options, {keys} right"
    letters = _letters(options)
    ways: Mapping[str, list[Letters]] = {
        "tick nothing": [frozenset()],
        "tick everything": [frozenset(letters)],
        "tick one": [frozenset(letter) for letter in letters],
        "flip coins": coin_flips(options),
    }
    for strategy, ticked in ways.items():
        yield Guess(situation, strategy, expected(scheme, options, keys, ticked))


def _one_tick(scheme: str, options: int) -> Guess:
    situation = "true or false" if options == 2 else f"one of {options} options"
    each = [frozenset(letter) for letter in _letters(options)]
    return Guess(situation, "take one at random", expected(scheme, options, 1, each))


def _another_each_time(scheme: str, options: int) -> Guess:
    """The mean over the attempt in which the right option's turn comes."""
    wrong, right = [Fraction(0)], [Fraction(1)]
    shares = [ATTEMPT_SCHEMES[scheme](wrong * before + right) for before in range(options)]
    expected_share = sum(shares, Fraction(0)) / options
    return Guess(f"one of {options} options", "another at each attempt", expected_share)


def _at_random(scheme: str, count: int, facts: Callable[[Sequence[int]], Letters], noun: str) -> Guess:
    right = facts(tuple(range(count)))
    every = [facts(order) for order in permutations(range(count))]
    shares = [
        points(scheme, Fraction(1), given, right, options=len(frozenset[str]().union(*every)))
        for given in every
    ]
    return Guess(f"{count} {noun}", "any order at random", sum(shares, Fraction(0)) / len(shares))


def _pairs(order: Sequence[int]) -> Letters:
    return frozenset(f"{left} {right}" for left, right in enumerate(order))


def _before(order: Sequence[int]) -> Letters:
    return frozenset(f"{first} before {second}" for first, second in combinations(order, 2))


def _letters(options: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:options]
