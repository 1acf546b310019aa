"""What a wrong array has in common with the right one as a whole."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

import numpy as np

from grader.testing.closeness import Array, close_places

# Looser than this, a "factor of 2" could be one of 2.01.
LOOSEST = 1e-4
TIGHTEST = 1e-9
MOST_AXES = 5


def shape_pattern(actual: Array, expected: Array, *, rtol: float, atol: float) -> str | None:
    """What arrays of different shapes have in common: a transpose, an order of axes, all entries."""
    if sorted(actual.shape) == sorted(expected.shape):
        for axes in _orders(actual.ndim):
            if _agree(actual.transpose(axes), expected, rtol=rtol, atol=atol):
                return _order_sentence(axes)
    if actual.size and _agree(actual.ravel(), expected.ravel(), rtol=rtol, atol=atol):
        return "the entries are right, only their shape differs"
    return None


def value_pattern(actual: Array, expected: Array, *, rtol: float, atol: float) -> str | None:
    """What arrays of one shape and different values have in common, if it holds for every entry."""
    if not (np.isfinite(actual).all() and np.isfinite(expected).all()):
        return None
    return (
        factor_sentence(actual, expected, rtol=rtol)
        or _axes_sentence(actual, expected, rtol=rtol, atol=atol)
        or _another_order(actual, expected, rtol=rtol, atol=atol)
    )


def factor_sentence(actual: Array, expected: Array, *, rtol: float) -> str | None:
    """The constant by which each entry of `actual` is off, as a sentence, if there is one."""
    if not actual.any():
        return "every entry is 0" if actual.size > 1 else None
    factor = _factor(actual.ravel(), expected.ravel(), rtol=min(max(rtol, TIGHTEST), LOOSEST))
    if factor is None:
        return None
    whole = actual.size > 1
    if factor == -1:
        return "every entry has the opposite sign" if whole else "only the sign differs"
    words = f"{_spelled(factor)} times the expected"
    return f"every entry is {words} one" if whole else f"that is {words} value"


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


def _axes_sentence(actual: Array, expected: Array, *, rtol: float, atol: float) -> str | None:
    for axes in _orders(actual.ndim):
        turned = actual.transpose(axes)
        if turned.shape == expected.shape and _agree(turned, expected, rtol=rtol, atol=atol):
            return _order_sentence(axes)
    for flipped in _subsets(actual.ndim):
        if _agree(np.flip(actual, flipped), expected, rtol=rtol, atol=atol):
            return f"it is the expected array reversed along {_axes_words(flipped)}"
    return None


def _another_order(actual: Array, expected: Array, *, rtol: float, atol: float) -> str | None:
    if actual.dtype.kind == "c" or expected.dtype.kind == "c" or actual.size < 2:
        return None
    if _agree(np.sort(actual, axis=None), np.sort(expected, axis=None), rtol=rtol, atol=atol):
        return "the entries are the expected ones in another order"
    return None


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
    if len(axes) == 1:
        return f"axis {axes[0]}"
    return f"axes {', '.join(map(str, axes[:-1]))} and {axes[-1]}"
