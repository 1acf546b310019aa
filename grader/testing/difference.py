"""How an array differs from the expected one, told in one sentence."""

from typing import Any

import numpy as np
import numpy.typing as npt

from grader.testing.closeness import Array, is_exact, is_numeric, widened
from grader.testing.mismatch import Mismatch, Rung
from grader.testing.pattern import shape_pattern, value_pattern
from grader.testing.wording import comparison, count, kind_of, titled

Mask = npt.NDArray[np.bool_]


def hold_to_layout(actual: Any, expected: Array, *, name: str, rtol: float, atol: float) -> None:
    """Hold `actual` to being a plain array of the shape, then of the dtype, of `expected`."""
    if type(actual) is not np.ndarray:
        raise Mismatch(Rung.RESULTS, f"{titled(name)}: expected {kind_of(expected)}, got {kind_of(actual)}")
    if actual.shape != expected.shape:
        sentence = f"{titled(name)}: expected shape {expected.shape}, got {actual.shape}"
        raise Mismatch(Rung.SHAPE, joined(sentence, _shape_pattern(actual, expected, rtol=rtol, atol=atol)))
    if actual.dtype != expected.dtype:
        raise Mismatch(
            Rung.DTYPE, f"{titled(name)}: expected dtype {expected.dtype}, got dtype {actual.dtype}"
        )


def array_mismatch(
    actual: Array, expected: Array, wrong: Mask, *, name: str, rtol: float, atol: float
) -> Mismatch:
    """Say how two arrays of one shape differ that do so where `wrong` is true."""
    seen, wanted = widened(actual), widened(expected)
    stray = wrong & ~(np.isfinite(seen) & np.isfinite(wanted))
    if stray.any():
        return Mismatch(Rung.NAN, joined(_first_sentence(actual, expected, stray, name), _extent(wrong)))
    lossless = is_exact(actual, seen) and is_exact(expected, wanted)
    pattern = value_pattern(seen, wanted, rtol=rtol, atol=atol) if lossless else None
    tail = pattern or _extent(wrong) + _farthest(seen, wanted, wrong)
    return Mismatch(Rung.VALUE, joined(_first_sentence(actual, expected, wrong, name), tail))


def joined(sentence: str, tail: str | None) -> str:
    return f"{sentence}; {tail}" if tail else sentence


def place_of(index: tuple[Any, ...]) -> tuple[int, ...]:
    """An index as Python prints it."""
    return tuple(int(i) for i in index)


def _shape_pattern(actual: Array, expected: Array, *, rtol: float, atol: float) -> str | None:
    if not (is_numeric(actual.dtype) and is_numeric(expected.dtype)):
        return None
    return shape_pattern(widened(actual), widened(expected), rtol=rtol, atol=atol)


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
