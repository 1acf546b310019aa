"""`assert_equal`: exactly the expected value."""

from typing import Any

import numpy as np

from grader.testing.close import is_real
from grader.testing.closeness import Array, is_numeric, same_places
from grader.testing.difference import array_mismatch, hold_to_layout
from grader.testing.judging import judging
from grader.testing.mismatch import Compared, Mismatch, Rung
from grader.testing.wording import comparison, count, kind_of, text_of, titled


@judging
def assert_equal(actual: Any, expected: Any, *, name: str) -> None:
    """Hold `actual` to exactly `expected`: a number, bool, string, None, array, tuple, list or dict.

    Integers and real numbers may be Python's or numpy's, and -0.0 is 0.0. Where an integer is expected, a
    float will not do, and a bool is no number. A tuple must be a tuple (a named one will do), a list a list;
    a dict has the expected keys and no others.
    Arrays agree in shape, dtype and every entry, NaN with NaN.

    Raises:
        Mismatch: `actual` differs; the text says in which entry.
        TypeError: `expected` is of a kind that cannot be compared: the test is at fault.
    """
    try:
        _hold(actual, expected, titled(name))
    except Mismatch as error:
        if isinstance(expected, np.ndarray):
            raise
        whole = Compared(name, actual, expected, error.sentence)
        raise Mismatch(error.rung, error.sentence, whole) from None


def _hold(actual: Any, expected: Any, where: str) -> None:
    if isinstance(expected, np.ndarray):
        _hold_array(actual, expected, where)
    elif isinstance(expected, tuple | list):
        _hold_sequence(actual, expected, where)
    elif isinstance(expected, dict):
        _hold_dict(actual, expected, where)
    elif isinstance(expected, bool | np.bool_ | str) or expected is None:
        _hold_word(actual, expected, where)
    elif is_real(expected):
        _hold_number(actual, expected, where)
    else:
        raise TypeError(f"assert_equal cannot compare {kind_of(expected)}")


def _hold_array(actual: Any, expected: Array, where: str) -> None:
    if not is_numeric(expected.dtype):
        raise TypeError(f"assert_equal compares arrays of numbers, not of dtype {expected.dtype}")
    hold_to_layout(actual, expected, name=where, rtol=0.0, atol=0.0)
    same = same_places(actual, expected)
    if not same.all():
        raise array_mismatch(actual, expected, ~same, name=where, rtol=0.0, atol=0.0)


def _hold_sequence(actual: Any, expected: tuple[Any, ...] | list[Any], where: str) -> None:
    kind = tuple if isinstance(expected, tuple) else list
    if not isinstance(actual, kind):
        raise Mismatch(Rung.RESULTS, f"{where}: expected a {kind.__name__}, got {kind_of(actual)}")
    if len(actual) != len(expected):
        lengths = f"{where}: expected {count(len(expected), 'entry')}, got {len(actual)}"
        raise Mismatch(Rung.SHAPE, _with_texts(lengths, actual, expected))
    for index, (seen, wanted) in enumerate(zip(actual, expected, strict=True)):
        _hold(seen, wanted, f"{where}[{index}]")


def _hold_dict(actual: Any, expected: dict[Any, Any], where: str) -> None:
    if not isinstance(actual, dict):
        raise Mismatch(Rung.RESULTS, f"{where}: expected a dict, got {kind_of(actual)}")
    if actual.keys() != expected.keys():
        raise Mismatch(Rung.SHAPE, _with_texts(f"{where}: expected other keys", list(actual), list(expected)))
    for key, wanted in expected.items():
        _hold(actual[key], wanted, f"{where}[{key!r}]")


def _with_texts(sentence: str, actual: Any, expected: Any) -> str:
    wanted, seen = text_of(expected), text_of(actual)
    return f"{sentence}: {wanted} against {seen}" if wanted and seen else sentence


def _hold_word(actual: Any, expected: Any, where: str) -> None:
    if isinstance(expected, bool | np.bool_):
        is_kind = isinstance(actual, bool | np.bool_)
    else:
        is_kind = isinstance(actual, type(expected))
    if is_kind and actual == expected:
        return
    seen = text_of(actual) if is_kind else None
    rung = Rung.VALUE if is_kind else Rung.RESULTS
    raise Mismatch(
        rung, f"{where}: expected {text_of(expected) or 'another text'}, got {seen or kind_of(actual)}"
    )


def _hold_number(actual: Any, expected: Any, where: str) -> None:
    is_integer = isinstance(expected, int | np.integer)
    is_kind = is_real(actual) and not (is_integer and isinstance(actual, float | np.floating))
    if not is_kind:
        wanted = "an integer" if is_integer else "a number"
        raise Mismatch(Rung.RESULTS, f"{where}: expected {wanted}, got {kind_of(actual)}")
    if actual == expected or (actual != actual and expected != expected):
        return
    rung = Rung.VALUE if _is_finite(actual) and _is_finite(expected) else Rung.NAN
    raise Mismatch(rung, f"{where}: {comparison(expected, actual)}")


def _is_finite(value: Any) -> bool:
    return isinstance(value, int) or bool(np.isfinite(value))
