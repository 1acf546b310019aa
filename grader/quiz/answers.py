"""Holds a typed answer against the one that the author wrote."""

import math
import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from grader.model.item import NearMiss, NumberAnswer, ShapeAnswer, ShortAnswer, TextAnswer, Tolerance
from grader.quiz.numbers import NotANumberError, Number, Typed, read_number

MAX_AXES = 16
_SHAPE = re.compile(r"[\s,;xX×*·]+|\\times")
_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True)
class AnswerCheck:
    """Whether a typed answer is right; None where it cannot be read, which is told and costs nothing."""

    correct: bool | None
    feedback: str


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


def shown_answer(item: ShortAnswer) -> str:
    """The author's answer as a solution shows it."""
    match item.answer:
        case NumberAnswer(number=number, unit=unit):
            return f"{number} {unit}" if unit else number
        case ShapeAnswer(shape=shape):
            return str(shape)
        case TextAnswer(text=text):
            return text


# --- numbers -----------------------------------------------------------------------------------------------


def _check_number(item: ShortAnswer, answer: NumberAnswer, typed: str) -> AnswerCheck:
    text = _without_unit(typed, answer.unit)
    try:
        given = read_number(text)
    except NotANumberError as error:
        return AnswerCheck(None, f"`{typed[:60]}` was not marked: {error}.")
    wanted = read_number(answer.number).value
    if _is_within(given, wanted, answer.tolerance):
        return AnswerCheck(True, "")
    for miss in item.near_misses:
        if miss.number is not None and _is_within(given, read_number(miss.number).value, answer.tolerance):
            return AnswerCheck(False, miss.feedback)
    return AnswerCheck(False, _why_number(given, wanted, answer.tolerance))


def _without_unit(typed: str, unit: str | None) -> str:
    text = typed.strip()
    if unit and text.lower().endswith(unit.lower()) and len(text) > len(unit):
        return text[: -len(unit)]
    return text


def _is_within(given: Typed, wanted: Number, tolerance: Tolerance | None) -> bool:
    value = given.value
    if tolerance is None:
        if isinstance(value, Fraction) and isinstance(wanted, Fraction):
            return value == wanted
        return math.isclose(value, wanted, rel_tol=1e-9, abs_tol=1e-12)
    if tolerance.figures is not None:
        return _agrees_in_figures(value, wanted, tolerance.figures) and not _lacks_figures(
            given, tolerance.figures
        )
    # The bound itself is still right, and must not be lost to rounding.
    slack = 1e-12 * max(1.0, abs(float(wanted)))
    if tolerance.absolute is not None:
        return abs(float(value) - float(wanted)) <= tolerance.absolute + slack
    return abs(float(value) - float(wanted)) <= (tolerance.relative or 0.0) * abs(float(wanted)) + slack


def _agrees_in_figures(value: Number, wanted: Number, figures: int) -> bool:
    if wanted == 0:
        return value == 0
    last = figures - 1 - math.floor(math.log10(abs(float(wanted))))
    return abs(float(value) - float(wanted)) <= 0.5 * 10.0**-last * (1 + 1e-9)


def _lacks_figures(given: Typed, figures: int) -> bool:
    """Whether fewer figures were typed than asked for; a whole number or arithmetic has all it needs."""
    is_whole = isinstance(given.value, Fraction) and given.value.denominator == 1
    return given.figures is not None and given.figures < figures and not is_whole


def _why_number(given: Typed, wanted: Number, tolerance: Tolerance | None) -> str:
    asked = tolerance.figures if tolerance else None
    few = given.figures is not None and asked is not None and given.figures < asked
    if few and _agrees_in_figures(given.value, wanted, given.figures or 1):
        return f"The value is right to {given.figures} figures; {asked} were asked for."
    if given.value != 0 and math.isclose(-float(given.value), float(wanted), rel_tol=1e-9):
        return "The size is right; what about the sign?"
    return "This is not the number that comes out."


# --- shapes and words --------------------------------------------------------------------------------------


def read_shape(typed: str) -> tuple[int, ...] | None:
    """The sizes in `32x32x10`, `(32, 32, 10)`, `[32 32 10]` or `32×32×10`; None where it is no shape."""
    text = typed.strip().strip("$()[]{} ")
    sizes = [size for size in _SHAPE.split(text) if size]
    if not sizes or len(sizes) > MAX_AXES or len(text) > 200:
        return None
    if not all(size.isascii() and size.isdecimal() and len(size) <= 12 for size in sizes):
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
            return AnswerCheck(False, miss.feedback)
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
            return AnswerCheck(False, miss.feedback)
    return AnswerCheck(False, "This is not the answer that was meant.")


def is_right(item: ShortAnswer, miss: NearMiss) -> bool:
    """Whether a near miss would be marked as right, which its author cannot have meant."""
    typed = miss.number or miss.text or (str(miss.shape) if miss.shape is not None else "")
    bare = ShortAnswer(
        id=item.id,
        stem=item.stem,
        explanation=item.explanation,
        difficulty=item.difficulty,
        type="short_answer",
        answer=item.answer,
    )
    return check_answer(bare, typed).correct is True
