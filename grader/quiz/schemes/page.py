"""Explains a scheme: its formula, the sentence of the paper, examples, and what guessing earns."""

import inspect
import textwrap
from collections.abc import Iterator
from fractions import Fraction

from grader.model.score import in_points, show_points
from grader.quiz.schemes import FITS, PAYING_A_BLANK, RULES, SCHEMES
from grader.quiz.schemes.attempts import ATTEMPT_SCHEMES
from grader.quiz.schemes.examples import WORTH, examples
from grader.quiz.schemes.guessing import Guess, guesses

WIDTH = 106
LETTERS = """\
p: the points of the item; C: the right options, S: those selected, S Δ C: those in one of the two only;
n options, of them c right and k others; t right and w others selected."""


def scheme_page(name: str) -> str:
    """The page of a scheme, for `grade explain`."""
    formula, *paragraphs = (inspect.getdoc({**SCHEMES, **ATTEMPT_SCHEMES}[name]) or "").split("\n\n")
    parts = [_wrapped(f"{name}: {formula}"), *paragraphs]
    if name not in ATTEMPT_SCHEMES:  # which score attempts, whatever is answered
        parts = [f"{name}: {formula}", _letters(name), *paragraphs, *_on_paper(name)]
    parts += ["\n".join(_examples(name)), "\n".join(_guesses(list(guesses(name))))]
    return "\n\n".join(part for part in parts if part)


def _letters(name: str) -> str:
    return LETTERS if name in FITS["multiple_choice"] | FITS["single_choice"] else ""


def _on_paper(name: str) -> Iterator[str]:
    rule = RULES[name].format(worth=in_points(WORTH), half=show_points(WORTH / 2))
    yield _wrapped(f"On the paper, for {in_points(WORTH)}: {rule}")
    blank = "what its formula says" if name in PAYING_A_BLANK else "0"
    types = ", ".join(kind.replace("_", " ") for kind, schemes in FITS.items() if name in schemes)
    yield _wrapped(f"A blank earns {blank}. For: {types}.")


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH)


def exact(share: Fraction) -> str:
    """A fraction beside its decimals: `3/16 = 0.188`."""
    if share.denominator == 1:
        return str(share.numerator)
    decimals = f"{float(share):.4f}".rstrip("0")
    return f"{share} {'=' if Fraction(decimals) == share else '≈'} {decimals}"


def _examples(name: str) -> Iterator[str]:
    """A line an example: what is right, what is answered, what it earns."""
    table = examples(name)
    rows = [(*table.headings, "points"), *((right, given, exact(paid)) for right, given, paid in table.rows)]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    yield table.title
    for right, given, paid in rows:
        beginning = f"{right:{widths[0]}}   " if widths[0] else ""
        yield f"  {beginning}{given:{widths[1]}}   {paid}"


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
