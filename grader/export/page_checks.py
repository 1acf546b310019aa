"""What a page needs to know to hold a typed answer against the author's, in exact numbers.

The page decides what it reads for sure, such as `0.5`, `3/4` or `(8, 10)`, and leaves the rest to `grade
score`: see `check` in `templates/scoring.js`.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from grader.model.answer import NearMiss, NumberAnswer, ShapeAnswer, TextAnswer, Tolerance
from grader.model.item import ShortAnswer
from grader.quiz.numbers import NotANumberError, read_number
from grader.quiz.quantities import bound
from grader.quiz.units import apart, plain_unit
from grader.quiz.words import normalized


def check_of(item: ShortAnswer) -> dict[str, Any]:
    """How the page checks an answer: what is right, and under `misses`, in order, what is nearly right."""
    answer, misses = item.answer, item.near_misses
    match answer:
        case NumberAnswer():
            return _number(answer, misses)
        case ShapeAnswer(shape=shape):
            others = [_shape(miss.shape) if miss.shape is not None else [] for miss in misses]
            return {"kind": "shape", "due": _shape(shape), "misses": others}
        case TextAnswer(text=text, accept=accept, patterns=patterns):
            texts = sorted({normalized(one) for one in (text, *accept)})
            others = [[normalized(miss.text or "")] for miss in misses]
            return {"kind": "text", "due": texts, "is_open": bool(patterns), "misses": others}
    return {"kind": "open", "why": "formula", "misses": [None] * len(misses)}


def _shape(sizes: tuple[int | str, ...]) -> list[str]:
    return [str(size) for size in sizes]


def _number(answer: NumberAnswer, misses: tuple[NearMiss, ...]) -> dict[str, Any]:
    due = _range(answer.number, answer.tolerance)
    others = [_range(miss.number, answer.tolerance) for miss in misses]
    if due is None:
        return {"kind": "open", "misses": others}
    units = [] if answer.unit in (None, "%") else list(_units(answer.unit))
    return {"kind": "number", "due": due, "units": units, "percent": answer.unit == "%", "misses": others}


def _range(number: str | None, tolerance: Tolerance | None) -> dict[str, Any] | None:
    """What is near enough to a number; None where it is none."""
    try:
        due = read_number(number or "").value
    except NotANumberError:
        return None
    figures = tolerance.figures if tolerance else None
    return {"value": str(Fraction(due)), "bound": str(bound(due, tolerance)), "figures": figures}


def _units(unit: str) -> Iterator[str]:
    """The words that may stand behind a number and change nothing."""
    for word in (unit.casefold(), f"{unit.casefold()}s"):
        is_same = apart(f"1 {word}", unit) == ("1", word) and plain_unit(word) == plain_unit(unit)
        if is_same and word.isascii() and not _is_number(f"1 {word}"):
            yield word


def _is_number(text: str) -> bool:
    try:
        read_number(text)
    except NotANumberError:
        return False
    return True
