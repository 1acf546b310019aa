"""Goes through the choices of an item's parameters that fulfil its conditions, in order or by a seed."""

import itertools
import keyword
import math
import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from grader.model.item import Item
from grader.quiz.expressions import NAME, Names, evaluate, read_expression
from grader.quiz.functions import FUNCTIONS
from grader.quiz.values import ExpressionError, Value, checked, code

MAX_LISTED = 100_000
"""So many combinations are gone through where one in many can be used; of more, only some are tried."""
MAX_TRIES = 10_000
MAX_CHOICES = 10_000
_IN_CHECKS = ("answer", "keys", "distractors", "near_misses", "is_right", "np", "math", "itertools")
_TAKEN = frozenset((*FUNCTIONS, *keyword.kwlist, *_IN_CHECKS))

Step = tuple[str | int, ...]
"""The way from an item to something in it, as in the YAML."""


class DrawError(ValueError):
    """An item cannot be drawn, which its author has to mend; `step` leads to the place."""

    def __init__(self, message: str, step: Step = ()) -> None:
        super().__init__(message)
        self.step = step


@contextmanager
def located(step: Step) -> Iterator[None]:
    """Says of an error in an expression where in the item it stands."""
    try:
        yield
    except ExpressionError as error:
        raise DrawError(str(error), step) from None


def draws(item: Item, most: int = MAX_LISTED) -> int:
    """How many different draws fulfil the conditions, counted up to `most`.

    Where there are more combinations than can be listed, it is `most`.

    Raises:
        DrawError: as `drawn`.
    """
    if combinations(item) > MAX_LISTED:
        return most
    return sum(1 for _ in itertools.islice(listed(item), most))


def combinations(item: Item) -> int:
    """How many ways there are to choose the parameters, whatever the conditions."""
    return math.prod(map(len, _choices(item).values()))


def listed(item: Item) -> Iterator[Names]:
    """The names of every draw that fulfils the conditions, in the order of the choices.

    Raises:
        DrawError: as `drawn`.
    """
    choices = _choices(item)
    for values in itertools.product(*choices.values()):
        names = admitted(item, dict(zip(choices, values, strict=True)))
        if names is not None:
            yield names


def told(names: Names) -> str:
    """A draw in words: `n = 4, k = 3`."""
    return ", ".join(f"{name} = {shown(value)}" for name, value in names.items())


def shown(value: Value) -> str:
    """A value as it is told to its author; always in one line, never too long."""
    try:
        text = repr(value) if isinstance(value, str) else code(value)
    except ExpressionError:
        text = str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def in_random_order(item: Item, seed: int) -> Iterator[Names]:
    """The admissible draws as the seed shuffles them, without listing those that are not looked at."""
    choices = _choices(item)
    generator = random.Random(f"{item.id} {seed}")  # noqa: S311 (no secret; text seeds are stable)
    total = math.prod(map(len, choices.values()))
    tries = total if total <= MAX_LISTED else MAX_TRIES
    for index in itertools.islice(_shuffled(total, generator), tries):
        names = admitted(item, _combination(choices, index))
        if names is not None:
            yield names


def _shuffled(total: int, generator: random.Random) -> Iterator[int]:
    """The numbers below `total` in random order, one at a time (Fisher and Yates)."""
    moved: dict[int, int] = {}
    for place in range(total):
        other = generator.randrange(place, total)
        yield moved.get(other, other)
        moved[other] = moved.pop(place, place)


def _combination(choices: Mapping[str, Sequence[Value]], index: int) -> dict[str, Value]:
    names = {}
    for name, values in choices.items():
        index, place = divmod(index, len(values))
        names[name] = values[place]
    return names


def admitted(item: Item, names: dict[str, Value]) -> Names | None:
    """The parameters with the lets; None where a condition does not hold.

    A condition is looked at as soon as its names are known, so that it can guard the lets that follow.
    """
    waiting = list(enumerate(item.conditions))
    for name, text in [*item.let.items(), ("", "")]:
        for index, condition in list(waiting):
            with located(("where",)):
                expression = read_expression(condition)
                if name and not expression.names <= names.keys():
                    continue
                waiting.remove((index, condition))
                holds = expression.value(names)
            if not isinstance(holds, bool):
                raise DrawError(f"`{condition}` is no condition, but {shown(holds)}", ("where",))
            if not holds:
                return None
        if name:
            with located(("let", name)):
                names[_fresh(name, names, "let")] = evaluate(text, names)
    return names


def _fresh(name: str, names: Collection[str], field: str) -> str:
    if not NAME.fullmatch(name) or name in _TAKEN:
        cure = "use small letters, digits and `_`, and no word of expressions or checks"
        raise DrawError(f"`{name}` cannot be a name: {cure}", (field, name))
    if name in names:
        raise DrawError(f"`{name}` is named twice", (field, name))
    return name


def _choices(item: Item) -> dict[str, Sequence[Value]]:
    choices: dict[str, Sequence[Value]] = {}
    for name, stated in item.params.items():
        values = _values(stated, ("params", name))
        if not 1 <= len(values) <= MAX_CHOICES:
            raise DrawError(
                f"`{name}` has {len(values)} values; give it 1 to {MAX_CHOICES}", ("params", name)
            )
        choices[_fresh(name, choices, "params")] = values
    return choices


def _values(stated: Any, step: Step) -> Sequence[Value]:
    if isinstance(stated, list | tuple):
        return [_value(entry, step) for entry in stated]
    if not isinstance(stated, dict) or not {"from", "to"} <= stated.keys() <= {"from", "to", "step"}:
        raise DrawError("write a list of values, or `{from: 4, to: 64, step: 4}`", step)
    if all(type(value) is int for value in stated.values()) and stated.get("step", 1) > 0:
        return range(stated["from"], stated["to"] + 1, stated.get("step", 1))
    first, last, stride = (_bound(stated.get(name, 1), step) for name in ("from", "to", "step"))
    if stride <= 0:
        raise DrawError("the step is more than 0", step)
    count = max(math.floor((last - first) / stride) + 1, 0)
    return [checked(first + index * stride) for index in range(min(count, MAX_CHOICES + 1))]


def _bound(value: Any, step: Step) -> Fraction:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Fraction(repr(value))
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise DrawError(f"`{str(value)[:40]}` is no number", step) from None


def _value(stated: Any, step: Step) -> Value:
    """A value of YAML as one of expressions; 0.1 is one tenth."""
    try:
        if isinstance(stated, list | tuple):
            return checked(tuple(_value(entry, step) for entry in stated))
        if isinstance(stated, float):
            return checked(Fraction(repr(stated)))
        if isinstance(stated, bool | int | str):
            return checked(stated)
    except ExpressionError as error:
        raise DrawError(str(error), step) from None
    raise DrawError("a value is a number, a text or a list of them", step)
