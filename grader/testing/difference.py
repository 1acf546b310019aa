"""How an array differs from the expected one, told in one sentence."""

from typing import Any

import numpy as np
import numpy.typing as npt

from grader.testing.claims import mismatch
from grader.testing.closeness import Array, widened
from grader.testing.mismatch import Compared, Mismatch, Rung
from grader.testing.wording import comparison, count, kind_of, titled

Mask = npt.NDArray[np.bool_]


def hold_to_layout(actual: Any, expected: Array, *, name: str, rtol: float, atol: float) -> None:
    """Hold `actual` to being a plain array of the shape, then of the dtype, of `expected`."""
    if type(actual) is not np.ndarray:
        head = f"{titled(name)}: expected {kind_of(expected)}, got {kind_of(actual)}"
        raise mismatch(Rung.RESULTS, Compared(name, actual, expected, head))
    if actual.shape != expected.shape:
        head = f"{titled(name)}: expected shape {expected.shape}, got {actual.shape}"
        raise mismatch(Rung.SHAPE, Compared(name, actual, expected, head, rtol=rtol, atol=atol))
    if actual.dtype != expected.dtype:
        head = f"{titled(name)}: expected dtype {expected.dtype}, got dtype {actual.dtype}"
        raise mismatch(Rung.DTYPE, Compared(name, actual, expected, head))


def array_mismatch(
    actual: Array, expected: Array, wrong: Mask, *, name: str, rtol: float, atol: float
) -> Mismatch:
    """Say how two arrays of one shape differ that do so where `wrong` is true."""
    seen, wanted = widened(actual), widened(expected)
    stray = wrong & ~(np.isfinite(seen) & np.isfinite(wanted))
    if stray.any():
        head = _first_sentence(actual, expected, stray, name)
        return mismatch(Rung.NAN, Compared(name, actual, expected, head, _extent(wrong)))
    head = _first_sentence(actual, expected, wrong, name)
    extent = _extent(wrong) + _farthest(seen, wanted, wrong)
    return mismatch(Rung.VALUE, Compared(name, actual, expected, head, extent, rtol=rtol, atol=atol))


def place_of(index: tuple[Any, ...]) -> tuple[int, ...]:
    """An index as Python prints it."""
    return tuple(int(i) for i in index)


def _first_sentence(actual: Array, expected: Array, wrong: Mask, name: str) -> str:
    first = place_of(np.argwhere(wrong)[0])
    where = f"{titled(name)} at {first}" if first else titled(name)
    return f"{where}: {comparison(expected[first], actual[first])}"


def _extent(wrong: Mask) -> str:
    if wrong.size < 2:
        return ""
    number = int(wrong.sum())
    return f"{number} of {count(wrong.size, 'entry')} {'differs' if number == 1 else 'differ'}"


def _farthest(actual: Array, expected: Array, wrong: Mask) -> str:
    """Where the difference is largest, unless that is the first place or cannot be said."""
    with np.errstate(all="ignore"):
        gaps = np.where(wrong, np.abs(actual - expected), 0)
    worst = place_of(np.unravel_index(gaps.argmax(), gaps.shape))
    first = place_of(np.argwhere(wrong)[0])
    is_told = np.isfinite(gaps).all() and gaps[worst] > gaps[first]
    return f", the most at {worst}" if is_told else ""
