"""Writes what broke a promise as Python that a student can paste."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from grader.engine.tape import Call, Failure
from grader.model.exercise import Exercise
from grader.sandbox.codec import Handle
from grader.testing import Mismatch

MAX_ELEMENTS = 60
MAX_CODE = 2_000
MAX_ARRAY_CODE = 300
MAX_CALLS = 2
"""Calls of one example that are all shown."""
MANY_CALLS = 8
"""With more, they vary what the first was given."""
CUT_SHORT = "# there may be a smaller one: the time for looking was up"


def pasted(failure: Failure, exercise: Exercise) -> str | None:
    """The telling calls of an example; None where they are too long.

    Where an argument is large, it is described in comments, for the rest could not be run.
    """
    calls = telling(failure)
    if any(call.is_cut or _entries((call.arguments, call.asked)) > MAX_CODE for call in calls):
        return None
    lines = [line for call in calls for line in _lines(call, exercise, is_last=call is calls[-1])]
    if any(_is_large(value) for call in calls for value in call.arguments.values()):
        lines = [f"# {line}" for line in lines]
    if failure.is_cut_short:
        lines.append(CUT_SHORT)
    text = "\n".join(lines)
    return text if len(text) <= MAX_CODE else None


def telling(failure: Failure) -> Sequence[Call]:
    """The calls of an example that show how the promise was broken, with those that they rest on."""
    calls = failure.calls
    if len(calls) <= MAX_CALLS:
        return calls
    last = _telling_place(failure)
    wanted = {last}
    for place in range(last, -1, -1):
        if place in wanted:
            needed = {value for value in calls[place].arguments.values() if isinstance(value, Handle)}
            wanted |= {n for n in range(place) if needed & set(_handles(calls[n].value))}
    return [call for place, call in enumerate(calls) if place in wanted]


def _telling_place(failure: Failure) -> int:
    """Which call gave what was compared; else the last, or the first of many that vary it."""
    calls, last = failure.calls, len(failure.calls) - 1
    compared = failure.error.compared if isinstance(failure.error, Mismatch) else None
    if calls[-1].error or compared is None:
        return last if calls[-1].error or last < MANY_CALLS else 0
    gave = [n for n, call in enumerate(calls) if any(part is compared.actual for part in _parts(call.value))]
    if not gave and len(calls) > MANY_CALLS:
        names = set(re.findall(r"\w+", compared.name))
        gave = [n for n, call in enumerate(calls) if names & set(call.results)]
    return gave[-1] if gave else (last if len(calls) <= MANY_CALLS else 0)


def _parts(value: Any) -> tuple[Any, ...]:
    return (value, *value) if isinstance(value, tuple | list) else (value,)


def _handles(value: Any) -> list[Handle]:
    return [part for part in _parts(value) if isinstance(part, Handle)]


def _lines(call: Call, exercise: Exercise, *, is_last: bool) -> Iterator[str]:
    for name, value in call.arguments.items():
        if not isinstance(value, Handle):  # it has its name from the call that returned it
            yield f"{name} = {_code(name, value, call)}"
    results = ", ".join(exercise.functions[call.function].returns)
    arguments = ", ".join(call.arguments)
    yield f"{call.function}({arguments})" if is_last else f"{results} = {call.function}({arguments})"


def _code(name: str, value: Any, call: Call) -> str:
    if callable(value):
        answers = ", ".join(f"{_key(k)}: {code(v)}" for k, v in call.asked.get(name, {}).items())
        return f"{{{answers}}}.__getitem__"
    return code(value)


def _key(arguments: tuple[Any, ...]) -> str:
    return code(arguments[0]) if len(arguments) == 1 else code(arguments)


def _entries(value: Any) -> int:
    """How many values stand in the code of a value, at the least; a long one takes too much time to write."""
    if isinstance(value, dict):
        return sum(_entries(key) + _entries(entry) for key, entry in value.items())
    return 1 + sum(map(_entries, value)) if isinstance(value, tuple | list) else 1


def _is_large(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.size > MAX_ELEMENTS or len(code(value.tolist())) > MAX_ARRAY_CODE
    if isinstance(value, dict):
        return any(map(_is_large, value.values()))
    return isinstance(value, tuple | list) and any(map(_is_large, value))


def code(value: Any) -> str:
    """A value as Python; a large array as its dtype and shape."""
    match value:
        case np.ndarray():
            return _array_code(value)
        case tuple():
            return f"({', '.join(map(code, value))}{',' if len(value) == 1 else ''})"
        case list():
            return f"[{', '.join(map(code, value))}]"
        case dict():
            return f"{{{', '.join(f'{code(k)}: {code(v)}' for k, v in value.items())}}}"
        case float() if not np.isfinite(value):
            return str(value).replace("inf", "np.inf").replace("nan", "np.nan")
    return repr(value)


def _array_code(array: np.ndarray) -> str:
    if _is_large(array):
        return f"an array of {array.dtype} of shape {array.shape}"
    if array.size == 0:
        return f"np.zeros({array.shape}, dtype=np.{array.dtype})"
    plain = array.dtype in (np.float64, np.int64, np.bool_)
    text = code(array.tolist())
    return f"np.array({text})" if plain else f"np.array({text}, dtype=np.{array.dtype})"


def rounded(value: Any) -> str:
    """A value as Python with six digits of each number, which is what can be read."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and not _is_large(value):
        return code(_rounded(value))
    return code(value)


def _rounded(array: np.ndarray) -> np.ndarray:
    digits = np.array([float(f"{float(entry):.6g}") + 0.0 for entry in array.ravel()], dtype=np.float64)
    return digits.reshape(array.shape)
