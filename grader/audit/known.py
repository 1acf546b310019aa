"""What the `check` of an item knows of a draw: its names, the answer, and what the options mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.model.answer import (
    Answer,
    FormulaAnswer,
    MatrixFormulaAnswer,
    NearMiss,
    NumberAnswer,
    ShapeAnswer,
    TextAnswer,
)
from grader.model.item import (
    Code,
    Distractor,
    Essay,
    Item,
    Key,
    Matching,
    MultipleChoice,
    Option,
    Ordering,
    Parts,
    ShortAnswer,
    SingleChoice,
    Table,
    TrueFalse,
)
from grader.quiz.drawing import Draw
from grader.quiz.expressions import Names, evaluate, whole_placeholder
from grader.quiz.numbers import read_number
from grader.quiz.values import Value


@dataclass(frozen=True, slots=True)
class _Meant:
    """An answer with the right and wrong values beside it, as Python's plain data."""

    answer: Any
    keys: list[Any]
    distractors: list[Any]
    near_misses: list[Any]


def known(item: Item, draw: Draw) -> dict[str, Any]:
    """All names that the check of an item may use in one draw.

    Raises:
        ValueError: an answer cannot be read, which other rules tell.
    """
    meant = _meant(item, draw.item, draw.names)
    names = {name: plain(value) for name, value in draw.names.items()}
    return names | {
        "answer": meant.answer,
        "keys": meant.keys,
        "distractors": meant.distractors,
        "near_misses": meant.near_misses,
    }


def altered(names: dict[str, Any]) -> list[dict[str, Any]]:
    """The same with answers that are wrong, near to the right one; none where there is no answer.

    Of options, each distractor in turn takes the place of a key, so that their number gives nothing away.
    """
    if names["answer"] is None:
        return []
    keys, distractors = names["keys"], names["distractors"]
    if distractors:
        return [_exchanged(names, index) for index in range(len(distractors))]
    wrong = _altered(names["answer"])
    return [{**names, "answer": wrong, "keys": wrong if len(keys) > 1 else [wrong]}]


def _exchanged(names: dict[str, Any], index: int) -> dict[str, Any]:
    """A key and the distractor with this index in each other's place; where nothing is right, it is."""
    keys = [names["distractors"][index], *names["keys"][1:]]
    distractors = [*names["distractors"]]
    distractors[index : index + 1] = names["keys"][:1]
    return {**names, "answer": keys, "keys": keys, "distractors": distractors}


def plain(value: Value) -> Any:
    """A value of expressions as checks have it: whole numbers exact, others as floats."""
    if isinstance(value, tuple):
        return [plain(entry) for entry in value]
    return float(value) if isinstance(value, Fraction) else value


def _altered(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return 2 * value + 1
    if isinstance(value, str):
        return f"{value}, not"
    if isinstance(value, list | tuple) and value:
        return type(value)((_altered(value[0]), *value[1:]))
    return value


def _meant(item: Item, drawn: Item, names: Names) -> _Meant:
    """`item` is as its author wrote it, for the expressions in it; `drawn` has the values."""
    match drawn:
        case SingleChoice() | MultipleChoice():
            written = item.options if isinstance(item, SingleChoice | MultipleChoice) else ()
            return _of_options(written, drawn.options, names)
        case ShortAnswer():
            answer = _value(drawn.answer)
            return _Meant(answer, [answer], [], [_missed(miss) for miss in drawn.near_misses])
        case Table():
            blanks = list(drawn.blanks.values())
            answers = [_value(blank.answer) for blank in blanks]
            misses = [[_missed(miss) for miss in blank.near_misses] for blank in blanks]
            return _Meant(answers, [answers], [], misses)
        case Parts():
            parts = item.parts if isinstance(item, Parts) else ()
            inner = [_meant(part, done, names) for part, done in zip(parts, drawn.parts, strict=True)]
            answers = [part.answer for part in inner]
            return _Meant(answers, [answers], [], [part.near_misses for part in inner])
        case TrueFalse(answer=answer):
            return _Meant(answer, [answer], [], [])
        case Matching(pairs=pairs):
            answer = [[pair.left, pair.right] for pair in pairs]
            return _Meant(answer, [answer], [], [])
        case Ordering(steps=steps):
            return _Meant(list(steps), [list(steps)], [], [])
        case Code() | Essay():
            return _Meant(None, [], [], [])


def _of_options(written: Sequence[Option], drawn: Sequence[Option], names: Names) -> _Meant:
    keys: list[Any] = []
    distractors: list[Any] = []
    for before, option in zip(written, drawn, strict=True):
        if isinstance(option, Key | Distractor):
            value = before.value if isinstance(before, Key | Distractor) else None
            meant = (
                option.text if value is None else plain(evaluate(whole_placeholder(value) or value, names))
            )
            (keys if isinstance(option, Key) else distractors).append(meant)
    return _Meant(keys, keys, distractors, [])


def _value(answer: Answer) -> Any:
    match answer:
        case NumberAnswer(number=number):
            return _number(number)
        case ShapeAnswer(shape=shape):
            return tuple(shape)
        case TextAnswer(text=text):
            return text
        case FormulaAnswer(formula=formula):
            return formula
        case MatrixFormulaAnswer(matrix_formula=formula):
            return formula


def _missed(miss: NearMiss) -> Any:
    if miss.number is not None:
        return _number(miss.number)
    if miss.shape is not None:
        return tuple(miss.shape)
    return next(text for text in (miss.formula, miss.matrix_formula, miss.text, "") if text is not None)


def _number(text: str) -> int | float:
    value = read_number(text).value
    return int(value) if value == round(value) else float(value)
