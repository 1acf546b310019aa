"""`assert_close`: a number or an array within a tolerance of the expected one."""

import math
from typing import Any

import numpy as np

from grader.testing.claims import mismatch
from grader.testing.closeness import close_places, is_numeric, widened
from grader.testing.difference import array_mismatch, hold_to_layout
from grader.testing.judging import judging
from grader.testing.mismatch import Compared, Mismatch, Rung
from grader.testing.wording import comparison, kind_of, titled


@judging
def assert_close(actual: Any, expected: Any, *, name: str, rtol: float = 1e-7, atol: float = 1e-9) -> None:
    """Hold `actual` to `expected`, an array or a number.

    An array must be a plain `numpy.ndarray` with the shape and the dtype of `expected`; nothing is broadcast.
    Where a number is expected, a Python or numpy integer or real number will do, but no bool, string, None or
    array, and no complex number unless a complex one is expected. NaN and infinities must be where they are
    expected; every other entry must lie within `atol + rtol * |expected|`, computed in double precision.
    `name` is what a student calls the value: "dx", or in other words with backticks, "`dx` of one row".

    Raises:
        Mismatch: `actual` differs; the text names the first place where it does and what all have in common.
        TypeError: `expected` is neither a number nor an array of numbers: the test is at fault.
    """
    if isinstance(expected, np.ndarray):
        _hold_array(actual, expected, name=name, rtol=rtol, atol=atol)
    elif isinstance(expected, complex | np.complexfloating):
        _hold_complex(actual, complex(expected), name=name, rtol=rtol, atol=atol)
    elif is_real(expected):
        _hold_real(actual, float(expected), name=name, rtol=rtol, atol=atol)
    else:
        raise TypeError(f"assert_close compares numbers and arrays, not {kind_of(expected)}")


def is_real(value: Any) -> bool:
    """Whether `value` is an integer or a real number of Python or numpy; a bool is not."""
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)


def real_number(actual: Any, *, what: str) -> float:
    """`actual` as a float.

    Raises:
        Mismatch: it is no real number, or one that no float can hold.
    """
    if not is_real(actual):
        raise Mismatch(Rung.RESULTS, f"{what}: expected a number, got {kind_of(actual)}")
    try:
        with np.errstate(all="ignore"):
            return float(actual)
    except OverflowError:
        raise Mismatch(Rung.VALUE, f"{what}: got an integer that is too large for a float") from None


def _hold_array(actual: Any, expected: Any, *, name: str, rtol: float, atol: float) -> None:
    if not is_numeric(expected.dtype):
        raise TypeError(f"assert_close compares arrays of numbers, not of dtype {expected.dtype}")
    hold_to_layout(actual, expected, name=name, rtol=rtol, atol=atol)
    close = close_places(widened(actual), widened(expected), rtol=rtol, atol=atol)
    if not close.all():
        raise array_mismatch(actual, expected, ~close, name=name, rtol=rtol, atol=atol)


def _hold_real(actual: Any, expected: float, *, name: str, rtol: float, atol: float) -> None:
    seen = real_number(actual, what=titled(name))
    finite = math.isfinite(seen) and math.isfinite(expected)
    if finite and abs(seen - expected) <= atol + rtol * abs(expected):
        return
    # Infinities are within any tolerance of one another, so outside the finite numbers only the same will do.
    if not finite and (seen == expected or (math.isnan(seen) and math.isnan(expected))):
        return
    compared = Compared(name, seen, expected, f"{titled(name)}: {comparison(expected, seen)}", rtol=rtol)
    raise mismatch(Rung.VALUE if finite else Rung.NAN, compared)


def _hold_complex(actual: Any, expected: complex, *, name: str, rtol: float, atol: float) -> None:
    is_complex = isinstance(actual, complex | np.complexfloating)
    seen = np.array(complex(actual if is_complex else real_number(actual, what=titled(name))))
    wanted = np.array(expected)
    close = close_places(seen, wanted, rtol=rtol, atol=atol)
    if not close.all():
        raise array_mismatch(seen, wanted, ~close, name=name, rtol=rtol, atol=atol)
