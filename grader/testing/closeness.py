"""Where two arrays of numbers agree."""

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def widened(array: Array) -> Array:
    """`array` in float64, or in complex128 where it is complex, in which no subtraction wraps around."""
    if array.dtype == np.float64:
        return array
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64, copy=False)


def is_exact(array: Array, wide: Array) -> bool:
    """Whether `wide`, which is `array` widened, holds the same numbers: beyond 2**53 integers are rounded."""
    return array.dtype.kind not in "iu" or not (np.abs(wide) > 2.0**53).any()


def is_numeric(dtype: np.dtype[Any]) -> bool:
    """Whether every number of this dtype has a place in float64 or complex128: no object, no long double."""
    return (
        dtype.kind in "biu"
        or (dtype.kind == "f" and dtype.itemsize <= 8)
        or dtype == np.complex64
        or (dtype == np.complex128)
    )


def close_places(actual: Array, expected: Array, *, rtol: float, atol: float) -> npt.NDArray[np.bool_]:
    """True where `actual` is within `atol + rtol * |expected|` of `expected`.

    Both are widened and of one shape. NaN and infinities agree only with themselves.
    """
    with np.errstate(all="ignore"):
        size = np.abs(expected)
        places = np.asarray(np.abs(actual - expected) <= atol + rtol * size)
        finite = np.isfinite(size)
        if not finite.all():
            # An infinite expectation has an infinite tolerance, in which any number would lie.
            places[~finite] = same_places(actual, expected)[~finite]
    return places


def same_places(actual: Array, expected: Array) -> npt.NDArray[np.bool_]:
    """True where the two are equal or both NaN, for complex numbers part by part."""
    if expected.dtype.kind == "c" or actual.dtype.kind == "c":
        same: npt.NDArray[np.bool_] = same_places(actual.real, expected.real) & same_places(
            actual.imag, expected.imag
        )
        return same
    return np.asarray((actual == expected) | (np.isnan(actual) & np.isnan(expected)))
