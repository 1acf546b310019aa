"""Holds a typed answer against the one that the author wrote."""

import math
import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from grader.model.answer import (
    FormulaAnswer,
    MatrixFormulaAnswer,
    NumberAnswer,
    ShapeAnswer,
    TextAnswer,
    Tolerance,
)
from grader.model.item import ShortAnswer
from grader.quiz.numbers import NotANumberError, Number, Typed, read_number

MAX_AXES = 16
ROUNDING = Fraction(1, 10**9)
"""What floats may lose on the way through a root, a power or a logarithm."""
_SHAPE = re.compile(r"\s*(?:[,;xX×*·]|\\times|\bby\b)\s*|\s+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,11}")
_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True)
class AnswerCheck:
    """Whether a typed answer is right; None where it cannot be read, which is told and costs nothing.

    An `undecided` one can be read, but a person has to say whether it is right; `correct` is None then, too.
    `credit` is the share of the points that a near miss earns where the scheme is `per_option`.
    """

    correct: bool | None
    feedback: str
    undecided: bool = False
    credit: Fraction = Fraction(0)


def check_answer(item: ShortAnswer, typed: str) -> AnswerCheck:
    """The typed answer beside the item's; never raises, whatever was typed."""
    if not typed.strip():
        return AnswerCheck(None, "There is nothing to mark.")
    match item.answer:
        case NumberAnswer() as answer:
            return _check_number(item, answer, typed)
        case ShapeAnswer() as answer:
            return _check_shape(item, answer, typed)
        case TextAnswer() as answer:
            return _check_text(item, answer, typed)
        case FormulaAnswer() | MatrixFormulaAnswer():
            return AnswerCheck(None, f"`{typed[:60]}` was not marked: formulas are not read yet.")


def shown_answer(item: ShortAnswer) -> str:
    """The author's answer as a solution shows it."""
    match item.answer:
        case NumberAnswer(number=number, unit=unit):
            return f"{number} {unit}" if unit else number
        case ShapeAnswer(shape=shape):
            return str(shape)
        case TextAnswer(text=text):
            return text
        case FormulaAnswer(formula=formula):
            return formula
        case MatrixFormulaAnswer(matrix_formula=formula):
            return formula


# --- numbers -----------------------------------------------------------------------------------------------


def _check_number(item: ShortAnswer, answer: NumberAnswer, typed: str) -> AnswerCheck:
    text = _without_unit(typed, answer.unit)
    try:
        given = read_number(text)
    except NotANumberError as error:
        unit = f" The answer is a number in {answer.unit}." if answer.unit else ""
        return AnswerCheck(None, f"`{typed[:60]}` was not marked: {error}.{unit}")
    wanted = read_number(answer.number).value
    if _is_within(given, wanted, answer.tolerance):
        return AnswerCheck(True, "")
    for miss in item.near_misses:
        if miss.number is not None and _is_within(given, read_number(miss.number).value, answer.tolerance):
            return AnswerCheck(False, miss.feedback, credit=miss.credit or Fraction(0))
    return AnswerCheck(False, _why_number(given, wanted, answer.tolerance))


def _without_unit(typed: str, unit: str | None) -> str:
    text = typed.strip()
    if unit and text.lower().endswith(unit.lower()) and len(text) > len(unit):
        return text[: -len(unit)]
    return text


def _is_within(given: Typed, wanted: Number, tolerance: Tolerance | None) -> bool:
    """Whether a number is near enough; in fractions, so that no size is too large and no bound is blurred."""
    distance = abs(Fraction(given.value) - Fraction(wanted))
    # A root or logarithm is rounded on its way here, which must not count against it.
    is_rounded = isinstance(given.value, float) or isinstance(wanted, float)
    slack = abs(Fraction(wanted)) * ROUNDING if is_rounded else Fraction(0)
    if tolerance is None:
        return distance <= slack
    if tolerance.figures is not None:
        return _agrees_in_figures(given.value, wanted, tolerance.figures) and not _lacks_figures(
            given, tolerance.figures
        )
    if tolerance.absolute is not None:
        return distance <= _exact(tolerance.absolute) + slack
    return distance <= _exact(tolerance.relative or 0.0) * abs(Fraction(wanted)) + slack


def _exact(bound: float) -> Fraction:
    """A bound as its author wrote it: 0.01 is one hundredth, not the nearest float."""
    return Fraction(repr(bound)) if math.isfinite(bound) else Fraction(0)


def _agrees_in_figures(value: Number, wanted: Number, figures: int) -> bool:
    """Whether a number differs by half a unit of the last figure at most."""
    if wanted == 0:
        return value == 0
    unit = Fraction(10) ** (_magnitude(Fraction(wanted)) - figures + 1)
    return abs(Fraction(value) - Fraction(wanted)) <= unit * Fraction(1, 2) * (1 + ROUNDING)


def _magnitude(value: Fraction) -> int:
    """The power of ten of the first figure: 2 for 123, -1 for 0.5."""
    size = abs(value)
    power = len(str(size.numerator)) - len(str(size.denominator))
    return power if size >= Fraction(10) ** power else power - 1


def _lacks_figures(given: Typed, figures: int) -> bool:
    """Whether fewer figures were typed than asked for; a whole number or arithmetic has all it needs."""
    is_whole = isinstance(given.value, Fraction) and given.value.denominator == 1
    return given.figures is not None and given.figures < figures and not is_whole


def _why_number(given: Typed, wanted: Number, tolerance: Tolerance | None) -> str:
    asked = tolerance.figures if tolerance else None
    value, key = Fraction(given.value), Fraction(wanted)
    few = given.figures if given.figures and asked and given.figures < asked else None
    if few and _agrees_in_figures(given.value, wanted, few):
        return f"The value is right, with {few} of {asked} significant figures."
    if value == 0 or key == 0:
        return "This is not the number that comes out."
    if _is_close(-value, key):
        return "The size is right; what about the sign?"
    if _is_close(value * 100, key) or _is_close(value, key * 100):
        return "The figures are right; is this a fraction or a percentage?"
    if _is_close(value * key, Fraction(1)):
        return "This is the answer upside down; which of the two is divided by the other?"
    if abs(value - key) <= abs(key) / 100:
        return "This is close, but not close enough; where was it rounded?"
    return "This is not the number that comes out."


def _is_close(a: Fraction, b: Fraction) -> bool:
    return abs(a - b) <= abs(b) / 10**6


# --- shapes and words --------------------------------------------------------------------------------------


def read_shape(typed: str) -> tuple[int, ...] | None:
    """The sizes in `32x32x10`, `(32, 32, 10)`, `[32 32 10]` or `32×32×10`; None where it is no shape."""
    text = typed.strip().strip("$()[]{} ")
    if len(text) > 200:
        return None
    sizes = _SHAPE.split(text.removesuffix(","))
    if len(sizes) > MAX_AXES or not all(_SIZE.fullmatch(size) for size in sizes):
        return None
    return tuple(map(int, sizes))


def _check_shape(item: ShortAnswer, answer: ShapeAnswer, typed: str) -> AnswerCheck:
    given = read_shape(typed)
    if given is None:
        return AnswerCheck(
            None, f"`{typed[:60]}` was not marked: write a shape like (8, 3, 32, 32) or 8x3x32x32."
        )
    if given == answer.shape:
        return AnswerCheck(True, "")
    for miss in item.near_misses:
        if miss.shape == given:
            return AnswerCheck(False, miss.feedback, credit=miss.credit or Fraction(0))
    if len(given) != len(answer.shape):
        return AnswerCheck(False, f"The shape has {len(answer.shape)} axes, yours {len(given)}.")
    if sorted(given) == sorted(answer.shape):
        return AnswerCheck(False, "The sizes are right; what about their order?")
    right = sum(a == b for a, b in zip(given, answer.shape, strict=True))
    return AnswerCheck(False, f"{right} of the {len(answer.shape)} sizes are right.")


def normalized(text: str) -> str:
    """The text as it is compared: one case, no articles, one kind of space and dash."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("$", " ")
    text = re.sub(r"[-_\u2010-\u2015\u2212]", " ", text)
    text = " ".join(text.split()).strip(" .!?;:\"'`")
    for article in _ARTICLES:
        text = text.removeprefix(article)
    return text.replace(" ", "")


def _check_text(item: ShortAnswer, answer: TextAnswer, typed: str) -> AnswerCheck:
    given = normalized(typed[:1000])
    if given in {normalized(text) for text in (answer.text, *answer.accept)}:
        return AnswerCheck(True, "")
    for miss in item.near_misses:
        if miss.text is not None and normalized(miss.text) == given:
            return AnswerCheck(False, miss.feedback, credit=miss.credit or Fraction(0))
    return AnswerCheck(False, "This is not the answer that was meant.")
