"""Makes a question with another key, as an instructor accepts it after the paper was handed out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from grader.model.answer import ShapeAnswer, TextAnswer, kind_of
from grader.model.form import Question
from grader.model.item import (
    Distractor,
    Item,
    Key,
    MultipleChoice,
    Option,
    Ordering,
    Parts,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from grader.quiz.answers import check_answer
from grader.quiz.drawing import filled, names_of
from grader.quiz.parameters import DrawError
from grader.quiz.selection import letter
from grader.quiz.shapes import read_shape

Accepted = str | bool | tuple[str, ...]
"""True or false, a text, or a list of the bank's own texts; never letters, which differ from form to form."""
MAX_SHOWN = 60
_NO_OTHER = "`{}` has no key that another could stand beside; use `full_credit` or `drop`"


class NoKeyError(ValueError):
    """What was written can be no key of the item; the message says what could be."""


def with_key(question: Question, item: Item, accepted: Accepted, part: str | None, seed: int) -> Question:
    """The question as if `accepted` were its key; `item` is the bank's, `seed` the one it was drawn with.

    Raises:
        NoKeyError: it can be no key.
    """
    if isinstance(item, Parts):
        return _with_part(question, item, accepted, part, seed)
    if part is not None:
        raise NoKeyError(f"`{item.id}` has no parts; take `part` out")
    other, places = _keyed(item, accepted)
    return _put(question, _drawn(item, other, seed), places)


def _with_part(question: Question, item: Parts, accepted: Accepted, part: str | None, seed: int) -> Question:
    names = [letter(index).lower() for index in range(len(item.parts))]
    if part not in names:
        raise NoKeyError(f"say which part of `{item.id}` is meant: `part: {names[0]}` to `part: {names[-1]}`")
    index = names.index(part)
    inner, places = _keyed(item.parts[index], accepted)
    other = replace(item, parts=(*item.parts[:index], inner, *item.parts[index + 1 :]))
    drawn: Any = _drawn(item, other, seed)
    own = _put(question.parts[index], drawn.parts[index], places)
    parts = (*question.parts[:index], own, *question.parts[index + 1 :])
    return replace(question, item=drawn, parts=parts)


def _drawn(item: Item, other: Item, seed: int) -> Item:
    """The other item with the values that the seed gave to the one that was asked."""
    try:
        drawn = filled(other, names_of(item, seed))
    except DrawError as error:
        raise NoKeyError(str(error)) from None
    for one in drawn.parts if isinstance(drawn, Parts) else (drawn,):
        if isinstance(one, ShortAnswer) and check_answer(one.answer, _typed(one)).correct is not True:
            raise NoKeyError(f"`{_typed(one)[:MAX_SHOWN]}` is no {kind_of(one.answer).replace('_', ' ')}")
    return drawn


def _put(question: Question, drawn: Any, places: Sequence[int] | None) -> Question:
    """`places` says where each step stands now that stood elsewhere, so that the letters stay as printed."""
    order = tuple(places[index] for index in question.order) if places else question.order
    return replace(question, item=drawn, order=order)


def _keyed(item: Any, accepted: Accepted) -> tuple[Any, Sequence[int] | None]:
    """The bank's item with the other key, and where its steps stand now."""
    match item:
        case TrueFalse():
            if not isinstance(accepted, bool):
                raise NoKeyError("write `true` or `false`")
            return replace(item, answer=accepted), None
        case SingleChoice() | MultipleChoice():
            return replace(item, options=_options(item, _texts(item, accepted))), None
        case ShortAnswer():
            return replace(item, answer=_answer(item, accepted)), None
        case Ordering(steps=steps):
            chosen = _indices(steps, accepted if isinstance(accepted, tuple) else ())
            if sorted(chosen) != list(range(len(steps))):
                raise NoKeyError("write all steps as a list, in the order that is right too")
            places = [chosen.index(index) for index in range(len(steps))]
            return replace(item, steps=tuple(steps[index] for index in chosen)), places
    raise NoKeyError(_NO_OTHER.format(item.id or item.type))


def _texts(item: SingleChoice | MultipleChoice, accepted: Accepted) -> tuple[str, ...]:
    if isinstance(item, SingleChoice):
        if not isinstance(accepted, str):
            raise NoKeyError("write the text of one option, as it stands in the bank")
        return (accepted,)
    if not isinstance(accepted, tuple) or not accepted:
        raise NoKeyError("write the whole key as a list of options: `- [first option, second option]`")
    return accepted


def _options(item: SingleChoice | MultipleChoice, texts: tuple[str, ...]) -> tuple[Option, ...]:
    keys = set(_indices([_text(option) for option in item.options], texts))
    return tuple(
        option if isinstance(option, str) else _turned(option, is_key=index in keys)
        for index, option in enumerate(item.options)
    )


def _text(option: Option) -> str:
    return "None of the above." if isinstance(option, str) else option.text


def _turned(option: Key | Distractor, *, is_key: bool) -> Key | Distractor:
    stated: dict[str, Any] = {"feedback": option.feedback, "value": option.value, "pinned": option.pinned}
    return Key(option.text, **stated) if is_key else Distractor(option.text, **stated, credit=option.credit)


def _indices(known: Sequence[str], texts: tuple[str, ...]) -> list[int]:
    """The place of each text among the known ones, spaces and a last full stop apart."""
    plain = [_plain(text) for text in known]
    for text in texts:
        if plain.count(_plain(text)) != 1:
            raise NoKeyError(
                f"`{text[:MAX_SHOWN]}` is not the text of one option or step; copy it from the bank"
            )
    return [plain.index(_plain(text)) for text in texts]


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").split()).removesuffix(".").casefold()


def _answer(item: ShortAnswer, accepted: Accepted) -> Any:
    if not isinstance(accepted, str):
        raise NoKeyError("write the answer as it would be typed")
    if isinstance(item.answer, TextAnswer):
        return TextAnswer(accepted)
    if isinstance(item.answer, ShapeAnswer):
        shape = read_shape(accepted)
        if shape is None and "{{" not in accepted:
            raise NoKeyError(f"`{accepted[:MAX_SHOWN]}` is no shape; write it like `(8, 3, 32, 32)`")
        sizes = (size.strip() for size in accepted.strip("()[] ").split(","))
        return ShapeAnswer(shape or tuple(size for size in sizes if size))
    stated: dict[str, Any] = {kind_of(item.answer): accepted}
    return replace(item.answer, **stated)


def _typed(item: ShortAnswer) -> str:
    answer: Any = item.answer
    return str(getattr(answer, kind_of(answer)))
