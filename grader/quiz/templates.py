"""Puts the values of a draw into the texts of an item."""

from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, cast

from grader.model.answer import spoken
from grader.model.item import Item, TrueFalse
from grader.quiz.expressions import Names, evaluate, rendered, whole_placeholder
from grader.quiz.parameters import DrawError, Step, located, shown
from grader.quiz.values import ExpressionError, code, printed, typed

_KEPT = {"id", "type", "params", "let", "where", "check", "source", "scheme", "exercise"}
_TYPED = {"number", "formula", "matrix_formula"}


def put_in(item: Item, names: Names) -> Item:
    """The item with the values of its expressions in their places.

    Raises:
        DrawError: one has no value, or one that does not fit its place.
    """
    return cast(Item, _filled(item, names, ()))


def _filled(noun: Any, names: Names, step: Step) -> Any:
    """A dataclass, a tuple or a mapping with all its texts filled in; itself where nothing changes."""
    if isinstance(noun, str):
        return _text(noun, names, step) if "{{" in noun else noun
    if isinstance(noun, tuple):
        entries = tuple(_filled(entry, names, (*step, index)) for index, entry in enumerate(noun))
        return entries if any(a is not b for a, b in zip(entries, noun, strict=True)) else noun
    if isinstance(noun, dict):
        values = {key: _filled(value, names, (*step, key)) for key, value in noun.items()}
        return values if any(values[key] is not noun[key] for key in noun) else noun
    if not is_dataclass(noun) or isinstance(noun, type):
        return noun
    changed: dict[str, Any] = {}
    for name in _fields(type(noun)):
        before: Any = getattr(noun, name)
        after: Any
        if name == "value" and isinstance(before, str):
            after = _meant(before, names, (*step, name))
        elif name == "answer" and isinstance(noun, TrueFalse):
            after = _truth(before, names, (*step, name))
        else:
            after = _filled(before, names, (*step, spoken(name)))
        if after is not before:
            changed[name] = after
    return replace(noun, **changed) if changed else noun


@cache
def _fields(noun: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(noun) if field.name not in _KEPT)


def _text(template: str, names: Names, step: Step) -> str | int:
    """The text, or a size as a whole number."""
    with located(step):
        if "shape" in step[-2:-1] or "variables" in step[-3:-2]:
            return _size(rendered(template, names))
        # An answer is read again, so nothing of it may be lost in printing.
        return rendered(template, names, typed if step[-1:] and step[-1] in _TYPED else printed)


def _size(text: str) -> int:
    if not text.strip().isdecimal() or len(text) > 12:
        raise ExpressionError(f"a size is a whole number of 0 or more, not `{text[:40]}`")
    return int(text)


def _meant(text: str, names: Names, step: Step) -> str:
    """What an option means, as text: `value` is an expression, with or without braces."""
    with located(step):
        value = evaluate(whole_placeholder(text) or text, names)
        return code(value) if isinstance(value, tuple) else typed(value)


def _truth(answer: bool | str, names: Names, step: Step) -> bool:
    if isinstance(answer, bool):
        return answer
    with located(step):
        value = evaluate(whole_placeholder(answer) or answer, names)
    if not isinstance(value, bool):
        raise DrawError(f"the answer is true or false, not {shown(value)}", step)
    return value
