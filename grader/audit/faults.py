"""Makes faulty versions of a reference, for the promises that no named mistake breaks."""

from collections.abc import Iterator

from grader.model.exercise import Exercise, Function
from grader.submission import Source

FAULTS = {
    "nudged": "value + 0.001 * (1 + abs(value)) if isinstance(value, float) else _each(value, _nudged)",
    "cast": "value.astype(_np.float64 if value.dtype == _np.float32 else _np.float32)"
    " if isinstance(value, _np.ndarray) else value",
    "shortened": "value[:-1] if isinstance(value, (list, tuple, _np.ndarray)) and len(value) else value",
}
"""What happens to one result, as a Python expression of `value`."""

TEMPLATE = """

import numpy as _np


def _each(value, change):
    if isinstance(value, _np.ndarray):
        moved = value + 0.001 * (1 + abs(value)) if value.dtype.kind == "f" else value + 1
        return moved.astype(value.dtype)
    if isinstance(value, (list, tuple)):
        return type(value)(change(entry) for entry in value)
    return value + 1 if isinstance(value, int) else value


def _nudged(value):
    return {nudged}


def _changed(value):
    return {fault}


_right = {name}


def {name}(*arguments, **named):
    results = _right(*arguments, **named)
    if {count} == 1:
        return _changed(results)
    return tuple(_changed(r) if i == {index} else r for i, r in enumerate(results))
"""


def faults(exercise: Exercise, reference: str) -> Iterator[Source]:
    """The reference with one result of one function made wrong in one way, for all of each."""
    for function in exercise.functions.values():
        for index in range(len(function.returns)):
            for name in FAULTS:
                yield _faulty(function, index, name, reference)


def _faulty(function: Function, index: int, name: str, reference: str) -> Source:
    text = TEMPLATE.format(
        nudged=FAULTS["nudged"],
        fault=FAULTS[name],
        name=function.name,
        index=index,
        count=len(function.returns),
    )
    return Source(reference + text, f"{function.name}, result {index} {name}")
