"""Says what a wrong value has in common with the right one, and no more than holds for all that was tried."""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any

import numpy as np

from grader.testing.closeness import Array, is_exact, is_numeric, widened
from grader.testing.mismatch import Compared, Mismatch, Rung
from grader.testing.pattern import Pattern, patterns

HERE = " on this input"
"""Added to what is true of the input shown, while it is not known, or other, for the others that failed."""

DIFFER = ("factor", "slices")
"""Kinds of claims of which another one elsewhere is still of interest: a factor N, rows of small numbers."""


class Standing(Enum):
    """What another failure says of a claim."""

    HOLDS = "the same holds there"
    DIFFERS = "one of the same kind holds there"
    UNKNOWN = "it cannot be held to it"
    CONTRADICTED = "nothing of the kind holds there"


def mismatch(rung: Rung, compared: Compared) -> Mismatch:
    """The mismatch of two values, as far as they alone can tell."""
    return Mismatch(rung, sentence_of(rung, compared), compared)


def sentence_of(rung: Rung, compared: Compared, others: Sequence[Mismatch | None] = ()) -> str:
    """How the two values differ; of all that they have in common what holds for the `others` too.

    These are what came of other inputs that broke the same promise; None is what was no mismatch.
    """
    tail = compared.extent
    if rung in (Rung.SHAPE, Rung.VALUE):
        tail = next(_claims(compared, others), tail)
    return f"{compared.head}; {tail}" if tail else compared.head


def _claims(compared: Compared, others: Sequence[Mismatch | None]) -> Iterator[str]:
    """First what holds for all, then what is true of this input and contradicted by none."""
    here = []
    for pattern in _patterns(compared):
        found = {_standing(pattern, compared, other) for other in others} - {Standing.HOLDS}
        if not found:
            yield pattern.text
        elif Standing.CONTRADICTED not in found:
            here.append(pattern.text + HERE)
    yield from here


def _standing(pattern: Pattern, compared: Compared, other: Mismatch | None) -> Standing:
    there = other.compared if other else None
    if other is None or there is None or there.name != compared.name:
        return Standing.UNKNOWN
    if other.rung not in (Rung.SHAPE, Rung.VALUE):
        return Standing.UNKNOWN
    details = [entry.detail for entry in (*_patterns(there), *_ratios(there)) if entry.kind == pattern.kind]
    if pattern.detail in details or any(_is_near(pattern.detail, detail) for detail in details):
        return Standing.HOLDS
    # Of two numbers each is some multiple of the other.
    may_differ = pattern.kind in DIFFER and np.size(compared.actual) > 1
    return Standing.DIFFERS if details and may_differ else Standing.CONTRADICTED


def _is_near(a: Any, b: Any) -> bool:
    return isinstance(a, float) and isinstance(b, float) and abs(a - b) <= 1e-4 * abs(a)


def _ratios(compared: Compared) -> Iterator[Pattern]:
    """A lone number is any multiple of another, which contradicts no factor."""
    pair = _widened_pair(compared)
    if pair and pair[0].size == pair[1].size == 1 and pair[1].item():
        ratio = pair[0].item() / pair[1].item()
        if isinstance(ratio, float) and np.isfinite(ratio) and ratio:
            yield Pattern("factor", ratio, "")


def _patterns(compared: Compared) -> Iterator[Pattern]:
    pair = _widened_pair(compared)
    if pair:
        yield from patterns(*pair, rtol=compared.rtol, atol=compared.atol)


def _widened_pair(compared: Compared) -> tuple[Array, Array] | None:
    """Both as arrays in which they can be compared; None where that would lose something."""
    pair = []
    for value in (compared.actual, compared.expected):
        if not isinstance(value, np.ndarray | float):
            return None
        array = np.asarray(value)
        if not is_numeric(array.dtype):
            return None
        wide = widened(array)
        if not is_exact(array, wide):
            return None
        pair.append(wide)
    return pair[0], pair[1]
