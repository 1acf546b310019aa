"""What a wrong array has in common with the right one as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

import numpy as np

from grader.testing.closeness import Array, close_places

# Looser than this, a "factor of 2" could be one of 2.01.
LOOSEST = 1e-4
TIGHTEST = 1e-9
MOST_AXES = 5
MOST_NAMED = 4
"""Rows that are named one by one."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One thing that two arrays have in common: of which kind, which one of its kind, and in words."""

    kind: str
    detail: Any
    text: str


def patterns(actual: Array, expected: Array, *, rtol: float, atol: float) -> Iterator[Pattern]:
    """All that holds for every entry of two different arrays, the most telling first."""
    if actual.shape != expected.shape:
        yield from _other_shapes(actual, expected, rtol=rtol, atol=atol)
        return
    if not (np.isfinite(actual).all() and np.isfinite(expected).all()):
        return
    yield from _factors(actual, expected, rtol=rtol)
    yield from _turns(actual, expected, rtol=rtol, atol=atol)
    yield from _shifts(actual, expected, rtol=rtol, atol=atol)
    yield from _orders_of_entries(actual, expected, rtol=rtol, atol=atol)
    yield from _slices(actual, expected, rtol=rtol, atol=atol)


def _other_shapes(actual: Array, expected: Array, *, rtol: float, atol: float) -> Iterator[Pattern]:
    """What arrays of different shapes have in common: a transpose, an order of axes, all entries."""
    if sorted(actual.shape) == sorted(expected.shape):
        for axes in _orders(actual.ndim):
            if _agree(actual.transpose(axes), expected, rtol=rtol, atol=atol):
                yield Pattern("axes", axes, _order_sentence(axes))
    if actual.size and _agree(actual.ravel(), expected.ravel(), rtol=rtol, atol=atol):
        yield Pattern("shape", None, "the entries are right, only their shape differs")


# --- a factor ----------------------------------------------------------------------------------------------


def _factors(actual: Array, expected: Array, *, rtol: float) -> Iterator[Pattern]:
    """The constant by which each entry of `actual` is off."""
    whole = actual.size > 1
    if not actual.any():
        if whole:
            yield Pattern("zero", None, "every entry is 0")
        return
    factor = _factor(actual.ravel(), expected.ravel(), rtol=min(max(rtol, TIGHTEST), LOOSEST))
    if factor is None:
        return
    if factor == -1:
        text = "every entry has the opposite sign" if whole else "only the sign differs"
        yield Pattern("sign", None, text)
        return
    words = f"{_spelled(factor)} times the expected"
    yield Pattern("factor", factor, f"every entry is {words} one" if whole else f"that is {words} value")


def _factor(actual: Array, expected: Array, *, rtol: float) -> float | None:
    peak = np.abs(expected).argmax()
    with np.errstate(all="ignore"):
        ratio = complex(actual[peak] / expected[peak]) if expected[peak] else 0j
    if ratio == 0 or not np.isfinite(ratio) or abs(ratio.imag) > rtol * abs(ratio):
        return None
    telling = int((np.abs(expected) > LOOSEST * np.abs(expected[peak])).sum())
    for factor in _candidates(ratio.real, alone=telling < 2):
        with np.errstate(all="ignore"):
            scaled = factor * expected
            off = np.abs(actual - scaled)
            allowed = rtol * (np.abs(scaled) + np.abs(scaled[peak]))
        if f"{factor:.6g}" != "1" and np.isfinite(allowed).all() and bool((off <= allowed).all()):
            return factor
    return None


def _candidates(ratio: float, *, alone: bool) -> Iterator[float]:
    """The simple fraction near `ratio`, then `ratio`; for a lone number only n or 1/n, else all would do."""
    simple = Fraction(ratio).limit_denominator(64)
    if simple and (not alone or 1 in (abs(simple.numerator), simple.denominator)):
        yield float(simple)
    if not alone:
        yield ratio


def _spelled(factor: float) -> str:
    simple = Fraction(factor).limit_denominator(64)
    is_readable = simple.denominator < 10 or abs(simple.numerator) == 1
    return str(simple) if float(simple) == factor and is_readable else f"{factor:.6g}"


# --- another place for each entry --------------------------------------------------------------------------


def _turns(actual: Array, expected: Array, *, rtol: float, atol: float) -> Iterator[Pattern]:
    for axes in _orders(actual.ndim):
        turned = actual.transpose(axes)
        if turned.shape == expected.shape and _agree(turned, expected, rtol=rtol, atol=atol):
            yield Pattern("axes", axes, _order_sentence(axes))
    for flipped in _subsets(actual.ndim):
        if _agree(np.flip(actual, flipped), expected, rtol=rtol, atol=atol):
            text = f"it is the expected array reversed along {_axes_words(flipped)}"
            yield Pattern("reversed", flipped, text)


def _shifts(actual: Array, expected: Array, *, rtol: float, atol: float) -> Iterator[Pattern]:
    """Off by one along an axis, whatever has come in at its end; two entries would not tell."""
    for axis in range(actual.ndim):
        if actual.shape[axis] < 3:
            continue
        seen, wanted = np.moveaxis(actual, axis, 0), np.moveaxis(expected, axis, 0)
        for word, here, there in (
            ("later", slice(1, None), slice(-1)),
            ("earlier", slice(-1), slice(1, None)),
        ):
            is_shifted = _agree(seen[here], wanted[there], rtol=rtol, atol=atol)
            # Where all are equal along the axis, a shift cannot be seen.
            if is_shifted and not _agree(wanted[here], wanted[there], rtol=rtol, atol=atol):
                text = f"each entry stands one place {word} along axis {axis}"
                yield Pattern("shifted", (axis, word), text)


def _orders_of_entries(actual: Array, expected: Array, *, rtol: float, atol: float) -> Iterator[Pattern]:
    if actual.dtype.kind == "c" or expected.dtype.kind == "c" or actual.size < 2:
        return
    if _agree(np.sort(actual, axis=None), np.sort(expected, axis=None), rtol=rtol, atol=atol):
        yield Pattern("order", None, "the entries are the expected ones in another order")


# --- damage in some places ---------------------------------------------------------------------------------


def _slices(actual: Array, expected: Array, *, rtol: float, atol: float) -> Iterator[Pattern]:
    """Right in all rows, columns or the like but a few, of which more than one entry is wrong."""
    if not 2 <= actual.ndim <= MOST_AXES:
        return
    wrong = ~close_places(actual, expected, rtol=rtol, atol=atol)
    for axis in range(actual.ndim):
        counts = np.moveaxis(wrong, axis, 0).reshape(wrong.shape[axis], -1).sum(axis=1)
        damaged = np.flatnonzero(counts)
        size = wrong.size // wrong.shape[axis] if wrong.size else 0
        is_whole = size > 1 and bool((counts[damaged] >= max(2, size / 2)).all())
        if is_whole and 0 < 2 * len(damaged) <= len(counts):
            yield Pattern("slices", axis, f"it is right in all {_slices_words(axis, damaged, wrong.shape)}")


def _slices_words(axis: int, damaged: Array, shape: tuple[int, ...]) -> str:
    noun = ("rows", "columns")[axis] if len(shape) == 2 else f"slices along axis {axis}"
    if len(damaged) > MOST_NAMED:
        return f"{noun} but {len(damaged)} of {shape[axis]}"
    return f"{noun} but {_listed(damaged.tolist())}"


# --- axes --------------------------------------------------------------------------------------------------


def _agree(actual: Array, expected: Array, *, rtol: float, atol: float) -> bool:
    return actual.shape == expected.shape and bool(close_places(actual, expected, rtol=rtol, atol=atol).all())


def _orders(ndim: int) -> Iterator[tuple[int, ...]]:
    if ndim > MOST_AXES:
        return
    same = tuple(range(ndim))
    yield from (axes for axes in permutations(same) if axes != same)


def _subsets(ndim: int) -> Iterator[tuple[int, ...]]:
    if ndim > MOST_AXES:
        return
    for size in range(1, ndim + 1):
        yield from combinations(range(ndim), size)


def _order_sentence(axes: tuple[int, ...]) -> str:
    if len(axes) == 2:
        return "it is the transpose of the expected array"
    return f"with its axes in the order {axes} it is the expected array"


def _axes_words(axes: tuple[Any, ...]) -> str:
    return f"{'axis' if len(axes) == 1 else 'axes'} {_listed(axes)}"


def _listed(numbers: Any) -> str:
    *first, last = map(str, numbers)
    return f"{', '.join(first)} and {last}" if first else last
