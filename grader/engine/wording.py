"""Says in plain sentences why a promise was not kept."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.engine.bench import MissingFunctionError
from grader.engine.tape import Call, Failure
from grader.model.exercise import Exercise
from grader.sandbox.codec import Handle
from grader.sandbox.failures import Loss, StudentError, Unsendable, WorkerLost
from grader.sandbox.text import one_line
from grader.submission import Source
from grader.testing import Mismatch

MAX_ELEMENTS = 60
MAX_CODE = 2_000
MAX_ARRAY_CODE = 300
MAX_CALLS = 2
MAX_SENTENCE = 2_000
MAX_RETURNED = 100
UNWRITTEN = "NotImplementedError"
PLAIN = "Return numbers, strings, lists, tuples, dicts or numpy arrays."


def message(failure: Failure, exercise: Exercise, source: Source) -> str:
    """What was seen, in one or two sentences."""
    try:
        return _message(failure, exercise, source)
    except Exception:  # a value so odd that nothing can be said of it must not cost the report
        return "The result could not be used."


def _message(failure: Failure, exercise: Exercise, source: Source) -> str:
    name = failure.calls[-1].function if failure.calls else next(iter(exercise.functions))
    match _unwritten(failure) or failure.error:
        case StudentError() as error:
            return raised(error, source, subject=f"`{name}`", memory=exercise.limits.memory)
        case WorkerLost(loss=Loss.TIME):
            return f"`{name}` was still running at the time limit. Is there a loop that does not end?"
        case WorkerLost() as error:
            return f"`{name}` gave no result: {error}."
        case Unsendable() as error:
            return f"`{name}` returned {error}. {PLAIN}"
        case Mismatch() | MissingFunctionError() as error:
            return _sentence(str(error))
        case AssertionError() as error if str(error):
            return _sentence(str(error).splitlines()[0])
        case AssertionError():
            return f"The promise is not kept{_returned(failure)}."
    return f"The result of `{name}` could not be used."


def raised(error: StudentError, source: Source, *, subject: str, memory: int) -> str:
    """That the submission raised, with its own line."""
    place = f" at {source.place(error.line)}" if error.line else ""
    if error.type_name == UNWRITTEN:
        return f"{subject} is not written yet: it raises NotImplementedError{place}."
    quote = f"\n    {source.quote(error.line)}" if error.line and source.quote(error.line) else ""
    if error.type_name == "MemoryError" or "MemoryError" in error.bases:
        return f"{subject} asked for more memory than the limit of {memory // 2**20} MiB{place}.{quote}"
    said = one_line(error.message)
    told = f"{error.type_name}: {said}" if said else error.type_name
    return f"{subject} raised {told}{place}{quote or '.'}" if quote else f"{subject} raised {told}{place}."


def _returned(failure: Failure) -> str:
    """What came back, for a test that says no more than that it is not content."""
    if not failure.calls or failure.calls[-1].error or failure.calls[-1].is_cut:
        return ""
    value = code(failure.calls[-1].value)
    return f": `{failure.calls[-1].function}` returned {value}" if len(value) <= MAX_RETURNED else ""


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:MAX_SENTENCE]
    return text if text.endswith((".", "?", "!", "`")) else f"{text}."


# --- the counterexample ------------------------------------------------------------------------------------


def counterexample(failure: Failure, exercise: Exercise) -> str | None:
    """What broke the promise as Python that a student can paste; None where it cannot be shown.

    That is the last call, with the one before it; of many calls the first, whose input the others vary.
    """
    if not failure.calls or is_unwritten(failure):
        return None
    calls = failure.calls
    if len(calls) > MAX_CALLS:
        calls = calls[-1:] if calls[-1].error else calls[:1]
    if not all(map(_can_be_shown, calls)):
        return None
    lines = (line for call in calls for line in _call_lines(call, exercise, is_last=call is calls[-1]))
    try:
        text = "\n".join(lines)
    except ValueError:  # Python writes no integer of thousands of digits
        return None
    return text if len(text) <= MAX_CODE else None


def _can_be_shown(call: Call) -> bool:
    """Whether the code of a call may be short enough; a long one takes too much time to write."""
    return not call.is_cut and _entries((call.arguments, call.asked)) <= MAX_CODE


def _entries(value: Any) -> int:
    """How many values stand in the code of a value, at the least."""
    if isinstance(value, dict):
        return sum(_entries(key) + _entries(entry) for key, entry in value.items())
    return 1 + sum(map(_entries, value)) if isinstance(value, tuple | list) else 1


def _call_lines(call: Call, exercise: Exercise, *, is_last: bool) -> Iterator[str]:
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
    large = f"...  # {array.dtype} array of shape {array.shape}"
    if array.size > MAX_ELEMENTS:
        return large
    text = code(array.tolist())
    if len(text) > MAX_ARRAY_CODE:
        return large
    if array.size == 0:
        return f"np.zeros({array.shape}, dtype=np.{array.dtype})"
    plain = array.dtype in (np.float64, np.int64, np.bool_)
    return f"np.array({text})" if plain else f"np.array({text}, dtype=np.{array.dtype})"


def is_unwritten(failure: Failure) -> bool:
    """Whether a stub was met, so that nothing can be said about its author's thinking."""
    return isinstance(failure.error, MissingFunctionError) or _unwritten(failure) is not None


def _unwritten(failure: Failure) -> StudentError | None:
    """The stub's own error, also where a test expected another one."""
    errors = (call.error for call in failure.calls)
    return next((e for e in errors if isinstance(e, StudentError) and e.type_name == UNWRITTEN), None)
