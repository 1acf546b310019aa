"""Holds a typed number against the author's: its tolerance, its figures, its unit."""

import math
import re
from dataclasses import replace
from fractions import Fraction

from grader.model.answer import NumberAnswer, Tolerance
from grader.quiz.numbers import MAX_LENGTH, NotANumberError, Number, Typed, read_number
from grader.quiz.outcome import RIGHT, AnswerCheck, UnusableKeyError, not_read, wrong
from grader.quiz.units import apart, factors, plain_unit, unit_of

ROUNDING = Fraction(1, 10**9)
"""What floats may lose on the way through a root, a power or a logarithm."""
_PERCENT = re.compile(r"(?:\\?%|percent)[\s$.]*\Z", re.IGNORECASE)


def check_number(answer: NumberAnswer, typed: str) -> AnswerCheck:
    """How a typed number compares with the author's.

    Raises:
        UnusableKeyError: the author's is no number.
    """
    try:
        due = read_number(answer.number).value
    except NotANumberError as error:
        raise UnusableKeyError(f"`{answer.number}` is no number: {error}") from None
    if answer.unit is None:
        try:
            given = read_number(typed)
        except NotANumberError as error:
            return not_read(typed, str(error))
        return _compared(given, due, answer.tolerance)
    return _check_quantity(typed, due, answer.unit, answer.tolerance)


def _check_quantity(typed: str, due: Number, unit: str, tolerance: Tolerance | None) -> AnswerCheck:
    plain = _PERCENT.sub("", typed) if unit == "%" else typed  # elsewhere 50% is one half
    try:
        return _compared(read_number(plain), due, tolerance)  # without a unit the author's is meant
    except NotANumberError as error:
        if len(typed) > MAX_LENGTH:
            return not_read(typed, str(error))
        text, given_unit = apart(plain, unit)
    try:
        given = read_number(text)
    except NotANumberError as error:
        return not_read(typed, f"{error}. The answer is a number in {unit}")
    if not given_unit or plain_unit(given_unit) == plain_unit(unit):
        return _compared(given, due, tolerance)
    ratios = factors(given_unit, unit)
    if any(_is_within(_scaled(given, ratio), due, tolerance) for ratio in ratios):
        return RIGHT
    if unit_of(given_unit) is None:
        return not_read(
            typed, f"`{given_unit[:20]}` is not known as a unit. The answer is a number in {unit}"
        )
    if _is_within(given, due, tolerance):
        return wrong(f"The number is right, the unit is not: the answer is in {unit}, yours in {given_unit}.")
    if not ratios:
        return wrong(f"The answer is in {unit}, yours in {given_unit}; what is asked for?")
    return _compared(_scaled(given, ratios[0]), due, tolerance)


def _scaled(given: Typed, ratio: Fraction) -> Typed:
    if isinstance(given.value, float):
        return replace(given, value=given.value * float(ratio))
    return replace(given, value=given.value * ratio)


def _compared(given: Typed, due: Number, tolerance: Tolerance | None) -> AnswerCheck:
    return RIGHT if _is_within(given, due, tolerance) else wrong(_why(given, due, tolerance))


def is_right_number(answer: NumberAnswer, typed: str) -> bool:
    """Whether `check_number` says that a number without a unit is right; sooner, for it need not say why."""
    try:
        return _is_within(read_number(typed), read_number(answer.number).value, answer.tolerance)
    except NotANumberError:
        return False


def _is_within(given: Typed, wanted: Number, tolerance: Tolerance | None) -> bool:
    """Whether a number is near enough; in fractions, so that no size is too large and no bound is blurred."""
    distance = abs(Fraction(given.value) - Fraction(wanted))
    if distance > bound(wanted, tolerance, is_rounded=isinstance(given.value, float)):
        return False
    figures = tolerance.figures if tolerance else None
    return figures is None or not _lacks_figures(given, figures)


def bound(wanted: Number, tolerance: Tolerance | None, *, is_rounded: bool = False) -> Fraction:
    """How far a number may lie from the one that is wanted; `is_rounded` where it is a root, say."""
    if tolerance and tolerance.figures is not None:
        return _half_unit(wanted, tolerance.figures)
    # A root or logarithm is rounded on its way here, which must not count against it.
    is_rounded = is_rounded or isinstance(wanted, float)
    slack = abs(Fraction(wanted)) * ROUNDING if is_rounded else Fraction(0)
    if tolerance is None:
        return slack
    if tolerance.absolute is not None:
        return _exact(tolerance.absolute) + slack
    return _exact(tolerance.relative or 0.0) * abs(Fraction(wanted)) + slack


def _exact(stated: float) -> Fraction:
    """A bound as its author wrote it: 0.01 is one hundredth, not the nearest float."""
    return Fraction(repr(stated)) if math.isfinite(stated) else Fraction(0)


def _agrees_in_figures(value: Number, wanted: Number, figures: int) -> bool:
    """Whether a number differs by half a unit of the last figure at most."""
    return abs(Fraction(value) - Fraction(wanted)) <= _half_unit(wanted, figures)


def _half_unit(wanted: Number, figures: int) -> Fraction:
    """Half a unit of the last figure, with what floats may lose; 0 has no figures."""
    if wanted == 0:
        return Fraction(0)
    unit = Fraction(10) ** (_magnitude(Fraction(wanted)) - figures + 1)
    return unit * Fraction(1, 2) * (1 + ROUNDING)


def _magnitude(value: Fraction) -> int:
    """The power of ten of the first figure: 2 for 123, -1 for 0.5."""
    size = abs(value)
    power = len(str(size.numerator)) - len(str(size.denominator))
    return power if size >= Fraction(10) ** power else power - 1


def _lacks_figures(given: Typed, figures: int) -> bool:
    """Whether fewer figures were typed than asked for; a whole number or arithmetic has all it needs."""
    is_whole = isinstance(given.value, Fraction) and given.value.denominator == 1
    return given.figures is not None and given.figures < figures and not is_whole


def _why(given: Typed, due: Number, tolerance: Tolerance | None) -> str:
    asked = tolerance.figures if tolerance else None
    value, key = Fraction(given.value), Fraction(due)
    few = given.figures if given.figures and asked and given.figures < asked else None
    if few and _agrees_in_figures(given.value, due, few):
        return f"The value is right, with {few} of {asked} significant figures."
    if value == 0 or key == 0:
        return "This is not the number that comes out."
    if _is_close(-value, key):
        return "The size is right; what about the sign?"
    if _is_close(value * 100, key) or _is_close(value, key * 100):
        return "The figures are right; is this a fraction or a percentage?"
    if _is_close(value * key, Fraction(1)):
        return "This is the answer upside down; which of the two is divided by the other?"
    if given.figures and _agrees_in_figures(given.value, due, given.figures) and _is_near(value, key, 10):
        return f"The value is right, with too few significant figures: {given.figures}."
    if _is_near(value, key, 100):
        return "This is close, but not close enough; where was it rounded?"
    return "This is not the number that comes out."


def _is_near(value: Fraction, key: Fraction, share: int) -> bool:
    return abs(value - key) <= abs(key) / share


def _is_close(a: Fraction, b: Fraction) -> bool:
    return abs(a - b) <= abs(b) / 10**6
