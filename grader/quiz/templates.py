"""Puts the values of a draw into the texts of an item."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, cast

from grader.model.answer import spoken
from grader.model.item import Distractor, Item, Key, TrueFalse
from grader.quiz.expressions import Names, evaluate, rendered, whole_placeholder
from grader.quiz.parameters import DrawError, Step, located, shown
from grader.quiz.values import ExpressionError, code, typed, typed_within

_KEPT = {"id", "type", "params", "let", "where", "check", "source", "scheme", "exercise"}
_TYPED = {"number", "formula", "matrix_formula"}


def put_in(item: Item, names: Names) -> Item:
    """The item with the values of its expressions in their places.

    Raises:
        DrawError: one has no value, or one that does not fit its place.
    """
    plan = _plan(item)
    return item if plan is None else cast(Item, _filled(item, plan, names, ()))


_Plan = Mapping[Any, Any]
"""What of a noun has to be filled in: its fields, indices or keys, each with a plan, or `_HERE`."""
_HERE: _Plan = {}


@lru_cache(maxsize=1_000)
def _plan(item: Item) -> _Plan | None:
    """Found once, since an item is drawn hundreds of times and most of it never changes."""
    return _planned(item)


def _planned(noun: Any) -> _Plan | None:
    if isinstance(noun, str):
        return _HERE if "{{" in noun else None
    parts: Iterable[tuple[Any, Any]] = ()
    if isinstance(noun, tuple):
        parts = enumerate(noun)
    elif isinstance(noun, dict):
        parts = noun.items()
    elif is_dataclass(noun):
        names = [field.name for field in fields(noun) if field.name not in _KEPT]
        parts = [(name, getattr(noun, name)) for name in names]
    plan = {key: inner for key, part in parts if (inner := _planned(part)) is not None}
    if isinstance(noun, Key | Distractor) and noun.value is not None:
        plan["value"] = _HERE
    if isinstance(noun, TrueFalse) and isinstance(noun.answer, str):
        plan["answer"] = _HERE
    return plan or None


def filled_texts(item: Item, drawn: Item) -> Iterator[tuple[Step, str]]:
    """The texts of a drawn item that have values in them, each with its place."""
    plan = _plan(item)
    if plan is not None:
        yield from _texts(drawn, plan, ())


def _texts(noun: Any, plan: _Plan, step: Step) -> Iterator[tuple[Step, str]]:
    if isinstance(noun, str):
        yield step, noun
        return
    for key, inner in plan.items():
        held = getattr(noun, key) if is_dataclass(noun) else noun[key]
        if isinstance(held, str | tuple | dict) or is_dataclass(held):
            yield from _texts(held, inner, (*step, spoken(key) if isinstance(key, str) else key))


def _filled(noun: Any, plan: _Plan, names: Names, step: Step) -> Any:
    """A text, or what holds texts, filled in as planned."""
    if isinstance(noun, str):
        return _text(noun, names, step)
    if isinstance(noun, tuple):
        entries = list(noun)
        for index, inner in plan.items():
            entries[index] = _filled(noun[index], inner, names, (*step, index))
        return tuple(entries)
    if isinstance(noun, dict):
        return noun | {key: _filled(noun[key], inner, names, (*step, key)) for key, inner in plan.items()}
    changed: dict[str, Any] = {}
    for name, inner in plan.items():
        before: Any = getattr(noun, name)
        if name == "value" and isinstance(noun, Key | Distractor):
            changed[name] = _meant(before, names, (*step, name))
        elif name == "answer" and isinstance(noun, TrueFalse):
            changed[name] = _truth(before, names, (*step, name))
        else:
            changed[name] = _filled(before, inner, names, (*step, spoken(name)))
    return replace(noun, **changed)


def _text(template: str, names: Names, step: Step) -> str | int:
    """The text, or a size as a whole number."""
    with located(step):
        if "shape" in step[-2:-1] or "variables" in step[-3:-2]:
            return _size(rendered(template, names))
        if step[-1:] and step[-1] in _TYPED:  # it is read again, so nothing may be lost in printing
            return rendered(template, names, typed if whole_placeholder(template) else typed_within)
        return rendered(template, names)


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
