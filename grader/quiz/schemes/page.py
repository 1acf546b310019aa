"""Explains a scheme: its formula, the sentence of the paper, examples, and what guessing earns."""

import inspect
import textwrap
from collections.abc import Iterator
from fractions import Fraction

from grader.model.score import show_points
from grader.quiz.schemes import FITS, PAYING_A_BLANK, RULES, SCHEMES, points
from grader.quiz.schemes.attempts import ATTEMPT_SCHEMES
from grader.quiz.schemes.guessing import Guess, guesses

WORTH = Fraction(4)
WIDTH = 106
LETTERS = """\
p: the points of the item; C: the right options, S: those selected, S Δ C: those in one of the two only;
n options, of them c right and k others; t right and w others selected."""
EXAMPLES = (("A", "A"), ("A", "B"), ("A", "AB"), ("AB", "AB"), ("AB", "A"), ("AB", "ABC"), ("AB", "AC"),
            ("AB", "CD"), ("ABC", "AB"), ("ABC", "ABCD"))  # fmt: skip
"""Keys and selections among four options."""


def scheme_page(name: str) -> str:
    """The page of a scheme, for `grade explain`."""
    formula, *paragraphs = (inspect.getdoc({**SCHEMES, **ATTEMPT_SCHEMES}[name]) or "").split("\n\n")
    if name in ATTEMPT_SCHEMES:  # which score attempts, not answers
        return "\n\n".join([_wrapped(f"{name}: {formula}"), *paragraphs])
    blank = "what its formula says" if name in PAYING_A_BLANK else "0"
    types = ", ".join(kind.replace("_", " ") for kind, schemes in FITS.items() if name in schemes)
    worth, half = show_points(WORTH), show_points(WORTH / 2)
    parts = [
        f"{name}: {formula}",
        LETTERS if name in FITS["multiple_choice"] | FITS["single_choice"] else "",
        *paragraphs,
        _wrapped(f"On the paper, for {worth} points: {RULES[name].format(worth=worth, half=half)}"),
        _wrapped(f"A blank earns {blank}. For: {types}."),
        "\n".join(_examples(name)),
        "\n".join(_guesses(list(guesses(name)))),
    ]
    return "\n\n".join(part for part in parts if part)


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH)


def exact(share: Fraction) -> str:
    """A fraction beside its decimals: `3/16 = 0.188`."""
    if share.denominator == 1:
        return str(share.numerator)
    decimals = f"{float(share):.4f}".rstrip("0")
    return f"{share} {'=' if Fraction(decimals) == share else '≈'} {decimals}"


def _examples(name: str) -> Iterator[str]:
    if name not in FITS["multiple_choice"]:
        return
    yield f"Examples, 4 options and {show_points(WORTH)} points:"
    yield f"  {'right':8}{'ticked':8}points"
    for key, ticked in EXAMPLES:
        earned = points(name, WORTH, frozenset(ticked), frozenset(key), options=4)
        yield f"  {key:8}{ticked:8}{exact(earned)}"


def _guesses(every: list[Guess]) -> Iterator[str]:
    """A line a situation, a column a way to guess."""
    for situations in (
        [g for g in every if " right" in g.situation],
        [g for g in every if " right" not in g.situation],
    ):
        strategies = list(dict.fromkeys(guess.strategy for guess in situations))
        if strategies:
            yield f"{'Expected share, guessing:':27}" + "".join(f"{name:18}" for name in strategies).rstrip()
        for situation in dict.fromkeys(guess.situation for guess in situations):
            shares = [exact(guess.expected) for guess in situations if guess.situation == situation]
            yield f"  {situation:25}" + "".join(f"{share:18}" for share in shares).rstrip()
