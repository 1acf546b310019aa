"""Holds answers that are typed, and their near misses, to their rules: in a short answer and in a table."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.bank.place import ItemPlace, Rule, is_template
from grader.errors import Finding
from grader.model.answer import (
    KINDS,
    Answer,
    BlankCell,
    FormulaAnswer,
    MatrixFormulaAnswer,
    NumberAnswer,
    ShapeAnswer,
    TextAnswer,
    Tolerance,
    kind_of,
)
from grader.model.item import ShortAnswer
from grader.quiz.answers import check_answer
from grader.quiz.numbers import NotANumberError, read_number
from grader.quiz.words import normalized
from grader.yaml_tree import Trail

MAX_SIZE = 10**12  # what can be typed
_VALUES: Mapping[str, Any] = {
    kind: tuple[int | str, ...] if kind == "shape" else str for kind in KINDS.values()
}
_LETTER = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class _Blank:
    """Where an answer and its near misses stand in an item."""

    here: ItemPlace
    step: Trail
    misses: Trail
    answer: Any


def _blanks(here: ItemPlace) -> Iterator[_Blank]:
    if here.type == "table":
        for row in here.parts(("rows",)):
            for column in here.parts(("rows", row)):
                step: Trail = ("rows", row, column)
                if isinstance(here.tree.at((*here.trail, *step)), dict):
                    answer = here.part(step, BlankCell)
                    yield _Blank(here, step, (*step, "near_misses"), answer)
    else:
        yield _Blank(here, ("answer",), ("near_misses",), here.part(("answer",), Answer))


def _typed(here: ItemPlace) -> Iterator[Finding]:
    for blank in _blanks(here):
        faults = list(_answer(blank))
        yield from faults
        if blank.answer is not None:
            yield from _misses_of(blank, is_usable=not faults)


def _answer(blank: _Blank) -> Iterator[Finding]:
    here, step = blank.here, blank.step
    match blank.answer:
        case NumberAnswer(number=number):
            yield from _number(here, (*step, "number"), number)
            yield from _tolerance(here, (*step, "tolerance"))
        case ShapeAnswer(shape=shape):
            yield from _sizes(here, (*step, "shape"), shape)
        case FormulaAnswer() as answer:
            yield from _formula(blank, answer)
        case MatrixFormulaAnswer() as answer:
            yield from _matrix_formula(blank, answer)
        case TextAnswer() as answer:
            yield from _wordings(here, step, answer)


def _number(here: ItemPlace, step: Trail, number: str) -> Iterator[Finding]:
    if is_template(number):
        return
    try:
        read_number(number)
    except NotANumberError as error:
        cure = "write a number or arithmetic such as `10*5*5 + 10`"
        yield here.finding(step, "bad-answer", f"`{number}` is no number: {error}", cure)


def _tolerance(here: ItemPlace, step: Trail) -> Iterator[Finding]:
    tolerance = here.part(step, Tolerance)
    if tolerance is None:
        return
    bounds = (tolerance.absolute, tolerance.relative, tolerance.figures)
    given = [bound for bound in bounds if bound is not None]
    if len(given) != 1 or given[0] <= 0:
        what = "a tolerance is one of `absolute`, `relative` and `figures`, more than 0"
        cure = "write one, such as `tolerance: {relative: 0.01}`"
        yield here.finding(step, "bad-tolerance", what, cure)


def _sizes(here: ItemPlace, step: Trail, shape: tuple[int | str, ...]) -> Iterator[Finding]:
    if not shape or not all(is_template(size) or _is_size(size) for size in shape):
        what = "a shape is one or more sizes of 0 or more"
        yield here.finding(step, "bad-answer", what, "write sizes like `[32, 32, 10]`")


def _is_size(size: int | str) -> bool:
    return isinstance(size, int) and 0 <= size < MAX_SIZE


def _formula(blank: _Blank, answer: FormulaAnswer) -> Iterator[Finding]:
    for name, domain in answer.variables.items():
        whole = not domain.whole or math.ceil(domain.from_) <= math.floor(domain.to)
        if not (math.isfinite(domain.from_) and domain.from_ < domain.to < math.inf and whole):
            what = f"`{name}` has no value from {domain.from_:g} to {domain.to:g}"
            cure = "write a range: `{from: -3, to: 3}`"
            yield blank.here.finding((*blank.step, "variables", name), "bad-domain", what, cure)
            return
    yield from _of_itself(blank, "formula", answer.formula)


def _matrix_formula(blank: _Blank, answer: MatrixFormulaAnswer) -> Iterator[Finding]:
    for name, sizes in answer.variables.items():
        known = all(_is_letter(size) or (_is_size(size) and size != 0) for size in sizes)
        if len(sizes) > 2 or not known:
            what = f"`{name}` has at most two sizes, each a letter or a number of 1 or more"
            cure = "write `[m, n]` for a matrix, `[n]` for a vector, `[]` for a number"
            yield blank.here.finding((*blank.step, "variables", name), "bad-domain", what, cure)
            return
    yield from _of_itself(blank, "matrix_formula", answer.matrix_formula)


def _is_letter(size: int | str) -> bool:
    return isinstance(size, str) and (is_template(size) or _LETTER.fullmatch(size) is not None)


def _of_itself(blank: _Blank, kind: str, formula: str) -> Iterator[Finding]:
    """A formula that is not right beside itself cannot be read, or has no value where it is tried."""
    if is_template(formula) or any(map(is_template, blank.answer.variables.values())):
        return
    check = check_answer(_short(blank.answer), formula)
    if check.correct is not True:
        cure = "mend the formula, its `variables` or where they are tried"
        yield blank.here.finding((*blank.step, kind), "bad-answer", check.feedback or f"`{formula}`", cure)


def _wordings(here: ItemPlace, step: Trail, answer: TextAnswer) -> Iterator[Finding]:
    steps: list[Trail] = [(*step, "text"), *((*step, "accept", i) for i in range(len(answer.accept)))]
    for place, text in zip(steps, (answer.text, *answer.accept), strict=True):
        if not normalized(text):
            what = "nothing is left of the answer without spaces and punctuation"
            yield here.finding(place, "empty-text", what, "write a word")
    for index, pattern in enumerate(answer.patterns):
        try:
            re.compile(pattern)
        except re.error as error:
            what, cure = f"`{pattern}` is no regular expression: {error.msg}", "mend it, or use `accept`"
            yield here.finding((*step, "patterns", index), "bad-pattern", what, cure)


# --- near misses -------------------------------------------------------------------------------------------


def _misses_of(blank: _Blank, *, is_usable: bool) -> Iterator[Finding]:
    here, kind = blank.here, kind_of(blank.answer)
    for index in here.parts(blank.misses):
        step = (*blank.misses, index)
        yield from _credit(here, (*step, "credit"))
        data = here.tree.at((*here.trail, *step))
        given = [name for name in _VALUES if isinstance(data, dict) and data.get(name) is not None]
        if given != [kind]:
            what = f"a near miss of this {'cell' if here.type == 'table' else 'item'} is a `{kind}`"
            yield here.finding(step, "near-miss-kind", what, f"write `{kind}:` and `feedback:`")
            continue
        value = here.part((*step, kind), _VALUES[kind])
        faults = list(_number(here, (*step, kind), value)) if kind == "number" and value is not None else []
        yield from faults
        if value is not None and not faults and is_usable and _is_right(blank.answer, kind, value):
            what = "this near miss would be marked as right"
            yield here.finding(step, "near-miss-is-right", what, "drop it, or narrow the answer")


def _credit(here: ItemPlace, step: Trail) -> Iterator[Finding]:
    credit = here.part(step, Fraction)
    if credit is not None and not 0 < credit < 1:
        what = f"{credit} is no share of the points"
        yield here.finding(step, "bad-credit", what, "write more than 0 and less than 1: `1/2`")


def _is_right(answer: Answer, kind: str, value: Any) -> bool:
    """Whether a near miss would be marked as right, which its author cannot have meant."""
    if is_template(value) or is_template(getattr(answer, kind)):
        return False
    typed = "x".join(map(str, value)) if kind == "shape" else value
    return check_answer(_short(answer), typed).correct is True


def _short(answer: Answer) -> ShortAnswer:
    return ShortAnswer(id="", stem="", explanation="", type="short_answer", answer=answer)


OF_BOTH: tuple[Rule, ...] = (_typed,)

RULES: Mapping[str, str] = {
    "bad-answer": """\
What: an answer or near miss cannot be read as what it is.
Why: nothing a student types could be held against it.
Cure: write a number, arithmetic such as `10*5*5 + 10`, sizes of 0 or more, or a formula that has values.""",
    "bad-tolerance": """\
What: a tolerance gives none or several of `absolute`, `relative` and `figures`, or one that is not positive.
Why: the rule of comparison must be one.
Cure: write one: `tolerance: {relative: 0.01}`.""",
    "bad-domain": """\
What: a variable of a formula has no values to be tried at, or sizes that are no sizes.
Why: formulas are compared by their values there.
Cure: write `{from: -3, to: 3}` for a number, and `[m, n]`, `[n]` or `[]` for an array.""",
    "bad-pattern": """\
What: an entry of `patterns` is no regular expression.
Why: no answer could be held against it.
Cure: mend it, or list the wordings under `accept:`.""",
    "near-miss-kind": """\
What: a near miss is of another kind than the answer.
Why: it could never be met.
Cure: write `number:` beside a number, `shape:` beside a shape, `text:` beside a text, and so on.""",
    "near-miss-is-right": """\
What: a near miss would be marked as right.
Why: its feedback would never be shown, or the answer is wider than meant.
Cure: drop it, or narrow the tolerance or the accepted texts.""",
}
"""The pages of the rules of this module, for `grade explain`."""
