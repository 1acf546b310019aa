"""The values that authors' expressions have: exact numbers, texts, lists; their bounds and how they print."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Union

MAX_BITS = 2_000
MAX_ENTRIES = 1_000
MAX_DEPTH = 4
MAX_TEXT = 2_000
MAX_DECIMALS = 6
MAX_PLACES = 15

Number = int | Fraction | float
Value = Union[bool, int, Fraction, float, str, tuple["Value", ...]]  # noqa: UP007 (it names itself)
"""A list is a tuple here, so that no value can change."""


class ExpressionError(ValueError):
    """An expression cannot be read or has no value; `column` counts from 1 within its text."""

    def __init__(self, message: str, column: int = 1) -> None:
        super().__init__(message)
        self.column = column


def checked(value: Value) -> Value:
    """The value, a whole number as an `int`.

    Raises:
        ExpressionError: it is larger than anything that an item needs, or not finite.
    """
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ExpressionError("the result is not finite")
    elif isinstance(value, int):
        if value.bit_length() > MAX_BITS:
            raise ExpressionError("the result is too large")
    elif isinstance(value, Fraction):
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
            raise ExpressionError("the result is too large")
        return value.numerator if value.denominator == 1 else value
    elif isinstance(value, str):
        if len(value) > MAX_TEXT:
            raise ExpressionError(f"the text is longer than {MAX_TEXT} characters")
    elif _entries(value, 1) > MAX_ENTRIES:
        raise ExpressionError(f"the list has more than {MAX_ENTRIES} entries")
    return value


def _entries(value: tuple[Value, ...], depth: int) -> int:
    """How many entries a list has in all; counts no further than the bound."""
    if depth > MAX_DEPTH:
        raise ExpressionError(f"lists are nested more than {MAX_DEPTH} deep")
    count = 0
    for entry in value:
        count += _entries(entry, depth + 1) if isinstance(entry, tuple) else 1
        if count > MAX_ENTRIES:
            break
    return count


def size(value: Value) -> int:
    """What it costs to go through a value once."""
    return 1 + sum(map(size, value)) if isinstance(value, tuple) else 1


def number(value: Value) -> Number:
    """The value as a number.

    Raises:
        ExpressionError: it is none.
    """
    if isinstance(value, str | tuple):
        raise ExpressionError(
            f"a number is wanted here, not a {'text' if isinstance(value, str) else 'list'}"
        )
    return value


def whole(value: Value, least: int, most: int) -> int:
    """The value as a whole number between two bounds.

    Raises:
        ExpressionError: it is none.
    """
    if not isinstance(value, int) or not least <= value <= most:
        raise ExpressionError(f"a whole number from {least} to {most} is wanted here")
    return value


# --- printing ----------------------------------------------------------------------------------------------


def printed(value: Value) -> str:
    """The value in the shortest exact way.

    >>> printed(Fraction(3, 8))
    '0.375'

    Raises:
        ExpressionError: there is none; its author must say how it is rounded.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        raise ExpressionError("a list is printed with `tex(…)` or `code(…)`")
    if isinstance(value, int):
        return str(value)
    exact = _exact(value)
    for places in range(MAX_DECIMALS + 1):
        if (exact * 10**places).denominator == 1:
            return _decimal(exact, places)
    raise ExpressionError(
        f"the value {float(exact):.10g} has more than {MAX_DECIMALS} decimals;"
        " say how it is printed: `fixed(x, 2)`, `sig(x, 3)` or `frac(x)`"
    )


def typed(value: Value) -> str:
    """The value as an answer that is read again: in full, with no decimal lost."""
    try:
        return printed(value)
    except ExpressionError:
        if isinstance(value, Fraction):
            return f"{value.numerator}/{value.denominator}"
        if isinstance(value, float):
            return repr(value)
        raise


def typed_within(value: Value) -> str:
    """The same for a place in a longer answer, where (-3)^2 is not -3^2."""
    text = typed(value)
    is_compound = not isinstance(value, str) and (text.startswith("-") or "/" in text)
    return f"({text})" if is_compound else text


def fixed(value: Value, places: Value) -> str:
    """`fixed(2/3, 2)` is 0.67; halves are rounded away from zero."""
    digits = whole(places, 0, MAX_PLACES)
    return _decimal(_rounded(_exact(number(value)), digits), digits)


def sig(value: Value, figures: Value) -> str:
    """`sig(1234.5, 2)` is 1200."""
    wanted, exact = whole(figures, 1, MAX_PLACES), _exact(number(value))
    if exact == 0:
        return "0"
    places = wanted - 1 - _magnitude(exact)
    # 9.99 to two figures is 10, not 10.0.
    places = wanted - 1 - _magnitude(_rounded(exact, places))
    if abs(places) > 3 * MAX_PLACES:
        raise ExpressionError("too small or too large to be written out; print it with `power(x, 3)`")
    return _decimal(_rounded(exact, places), max(places, 0))


def frac(value: Value) -> str:
    r"""`frac(3/4)` is \frac{3}{4}."""
    if isinstance(value, float):
        raise ExpressionError("`frac` needs an exact fraction, and this was rounded on its way")
    exact = _exact(number(value))
    if exact.denominator == 1:
        return str(exact.numerator)
    sign = "-" if exact < 0 else ""
    return rf"{sign}\frac{{{abs(exact.numerator)}}}{{{exact.denominator}}}"


def power(value: Value, figures: Value = 0) -> str:
    r"""`power(0.0003)` is 3 \times 10^{-4}; a second argument says how many figures are kept."""
    exact = _exact(number(value))
    if exact == 0:
        return "0"
    exponent = _magnitude(exact)
    mantissa = exact / Fraction(10) ** exponent
    if figures:
        text = sig(mantissa, figures)
        if abs(Fraction(text)) == 10:
            text, exponent = sig(mantissa / 10, figures), exponent + 1
    else:
        text = printed(checked(mantissa))
    sign = "-" if text.startswith("-") else ""
    return f"{sign}10^{{{exponent}}}" if text in ("1", "-1") else rf"{text} \times 10^{{{exponent}}}"


def tex(value: Value) -> str:
    """A list as a TeX column vector, a list of lists as a matrix."""
    if not isinstance(value, tuple):
        return printed(value)
    rows = [entry if isinstance(entry, tuple) else (entry,) for entry in value]
    body = r" \\ ".join(" & ".join(map(printed, row)) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"


def code(value: Value) -> str:
    """A list as it stands in a program."""
    if not isinstance(value, tuple):
        return printed(value)
    return f"[{', '.join(map(code, value))}]"


PRINTERS: dict[str, Callable[..., str]] = {
    "fixed": fixed,
    "sig": sig,
    "frac": frac,
    "power": power,
    "tex": tex,
    "code": code,
}
"""The functions that say how a value is printed."""


def _exact(value: Number) -> Fraction:
    """A float as it is written, so that 0.1 is one tenth."""
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def _rounded(value: Fraction, places: int) -> Fraction:
    scale = Fraction(10) ** places
    units = math.floor(abs(value) * scale + Fraction(1, 2))
    return units / scale if value >= 0 else -units / scale


def _decimal(value: Fraction, places: int) -> str:
    """A fraction that has `places` decimals at most, with just as many."""
    units = int(abs(value) * 10**places)
    digits = str(units).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def _magnitude(value: Fraction) -> int:
    """The power of ten of the first figure: 2 for 123, -1 for 0.5."""
    size_of = abs(value)
    guess = len(str(size_of.numerator)) - len(str(size_of.denominator))
    return guess if size_of >= Fraction(10) ** guess else guess - 1
