"""Holds a typed answer against the one that the author wrote, whatever its kind."""

import re
from dataclasses import replace
from typing import Any

from grader.model.answer import (
    Answer,
    FormulaAnswer,
    MatrixFormulaAnswer,
    NearMiss,
    NumberAnswer,
    ShapeAnswer,
    TextAnswer,
    kind_of,
)
from grader.model.item import ShortAnswer
from grader.quiz.comparison import Comparison
from grader.quiz.formula import check_formula
from grader.quiz.glyphs import NotationError
from grader.quiz.matrix_formula import NOTATION, check_matrix_formula
from grader.quiz.numbers import NotANumberError, read_number
from grader.quiz.outcome import RIGHT, AnswerCheck, UnusableKeyError, not_read, undecided, wrong
from grader.quiz.quantities import check_number, is_right_number
from grader.quiz.shapes import check_shape
from grader.quiz.words import check_text

MAX_TYPED = 2_000
SHOWN_FIGURES = 6


def check_answer(item: ShortAnswer | Answer, typed: str) -> AnswerCheck:
    """The typed answer beside the author's; never raises, whatever was typed, and takes bounded time.

    A wrong answer that is a near miss gets that one's feedback and credit.
    """
    answer = item.answer if isinstance(item, ShortAnswer) else item
    misses: tuple[NearMiss, ...] = getattr(item, "near_misses", ())
    if not typed.strip():
        return AnswerCheck(None, "There is nothing to mark.")
    if len(typed) > MAX_TYPED:
        return not_read(typed, f"it is longer than {MAX_TYPED} characters")
    check = _checked(answer, typed)
    if check.correct is not False:
        return check
    for miss in misses:
        if is_right(_missed(answer, miss), typed):
            return AnswerCheck(False, miss.feedback, credit=miss.credit or check.credit)
    return check


def is_right(answer: Answer, typed: str) -> bool:
    """Whether an answer would be marked right; sooner than `check_answer`, for it need not say why."""
    if isinstance(answer, NumberAnswer) and answer.unit is None:
        return is_right_number(answer, typed)
    return bool(typed.strip()) and len(typed) <= MAX_TYPED and _checked(answer, typed).correct is True


def _checked(answer: Answer, typed: str) -> AnswerCheck:
    try:
        match answer:
            case NumberAnswer():
                return check_number(answer, typed)
            case ShapeAnswer():
                return check_shape(answer, typed)
            case TextAnswer():
                return check_text(answer, typed)
            case FormulaAnswer():
                return _of_comparison(check_formula(answer, typed))
            case MatrixFormulaAnswer():
                return _of_comparison(check_matrix_formula(answer, typed))
    except NotationError as error:
        hint = f"; {NOTATION}" if isinstance(answer, MatrixFormulaAnswer) else ""
        return not_read(typed, f"{error}{hint}")
    except UnusableKeyError:
        return undecided("The answer on file cannot be used.")


def _of_comparison(comparison: Comparison) -> AnswerCheck:
    if comparison.correct is None:
        return undecided(comparison.feedback or "We cannot decide whether this formula is right.")
    return RIGHT if comparison.correct else wrong(comparison.feedback)


def _missed(answer: Answer, miss: NearMiss) -> Answer:
    """The answer with the near miss in the place of its key, and its tolerance, unit and domain."""
    kind = kind_of(answer)
    value: Any = getattr(miss, kind)
    if value is None:
        return TextAnswer("")  # of another kind, which nobody can type
    if isinstance(answer, TextAnswer):
        return TextAnswer(value)
    return replace(answer, **{kind: value})


def shown_answer(item: ShortAnswer | Answer) -> str:
    """The author's answer as a solution shows it."""
    match item.answer if isinstance(item, ShortAnswer) else item:
        case NumberAnswer(number=number, unit=unit):
            shown = _shown_number(number)
            return f"{shown} {unit}" if unit else shown
        case ShapeAnswer(shape=shape):
            return str(shape)
        case TextAnswer(text=text):
            return text
        case FormulaAnswer(formula=formula):
            return formula
        case MatrixFormulaAnswer(matrix_formula=formula):
            return formula


def miss_text(miss: NearMiss, kind: str) -> str:
    """A near miss to an answer of a kind, as a solution shows it."""
    value = getattr(miss, kind)
    if isinstance(value, str):
        return _shown_number(value) if kind == "number" else value
    sides = [str(side) for side in value or ()]
    return f"({', '.join(sides)}{',' if len(sides) == 1 else ''})"


def full_answer(item: ShortAnswer | Answer) -> str:
    """The author's answer as somebody would type it, with no figure lost."""
    answer = item.answer if isinstance(item, ShortAnswer) else item
    return answer.number if isinstance(answer, NumberAnswer) else shown_answer(answer)


def _shown_number(number: str) -> str:
    """A number as its author wrote it; one that a draw computed in full, with fewer figures."""
    number = re.sub(r"^(-?\d+)/1$", r"\1", number)
    try:
        typed = read_number(number)
    except NotANumberError:
        return number
    if typed.figures is None or typed.figures <= SHOWN_FIGURES or "." not in number:
        return number
    if typed.figures <= 2 * SHOWN_FIGURES:
        return number.rstrip("0").rstrip(".") if "e" not in number.lower() else number
    return f"{float(typed.value):.{SHOWN_FIGURES}g}"
