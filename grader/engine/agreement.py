"""Whether a call gives with one program what it gave with another."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.engine.bench import MAX_TAPE
from grader.engine.contract import contract_of
from grader.engine.tape import Call, is_hashable
from grader.model.exercise import Exercise
from grader.sandbox.client import Worker
from grader.sandbox.codec import Handle
from grader.sandbox.failures import StudentError
from grader.testing import Mismatch

ELSE = "any other dtype"
LOOSE = {np.dtype(np.float32): 1e-4, np.dtype(np.float16): 1e-2, ELSE: 1e-6}
"""Two programs with the same mistake may add in another order; in float64 that costs less than 1e-6."""
TIGHT = {np.dtype(np.float32): 1e-6, np.dtype(np.float16): 2e-3, ELSE: 1e-9}
"""For what differs from the right result by no more than that."""
ROUGH = {np.dtype(np.float32): 1e-2, np.dtype(np.float16): 5e-2, ELSE: 1e-5}
"""For examples that keep their promise, whose test may be content with few figures."""

Handles = dict[Handle, Handle]
Tolerances = Mapping[Any, float]
Calls = Sequence[Call]


def repeats(
    worker: Worker, calls: Calls, exercise: Exercise, *, deadline: float, tolerances: Tolerances
) -> bool:
    """Whether every call of an example gives with this worker what it gave with the submission.

    Raises:
        WorkerLost: the worker is gone, or was at work at the deadline.
    """
    handles: Handles = {}
    worker.forget()
    return all(_is_same_call(worker, call, exercise, handles, deadline, tolerances) for call in calls)


def _is_same_call(
    worker: Worker,
    call: Call,
    exercise: Exercise,
    handles: Handles,
    deadline: float,
    tolerances: Tolerances,
) -> bool:
    function = exercise.functions[call.function]
    names = list(call.arguments)
    in_order = names == list(function.arguments)[: len(names)]
    asked = {name: _Asked(value, call, name) for name, value in call.arguments.items() if callable(value)}
    try:
        reply = worker.call(
            call.function,
            [asked.get(name) or _argument(value, handles) for name, value in call.arguments.items()],
            deadline=deadline,
            names=() if in_order else names,
            contract=contract_of(function, tuple(names)),
        )
    except StudentError as error:
        return isinstance(call.error, StudentError) and call.error.type_name == error.type_name
    except Mismatch as error:  # of the test's function, for what it was asked
        return isinstance(call.error, Mismatch) and call.error.sentence == error.sentence
    if call.error and not isinstance(call.error, Mismatch):
        return False
    _match_handles(call.value, reply.value, handles)
    updated = {names[index]: value for index, value in reply.updated.items()}
    modified = tuple(names[index] for index in reply.modified)
    return (
        is_same(call.value, reply.value, tolerances)
        and modified == call.modified
        and all(_has_entries(call.updated.get(name), value, tolerances) for name, value in updated.items())
        and all(one.is_same() for one in asked.values())
    )


class _Asked:
    """The test's function, from memory where it can, with a count of what it is asked."""

    def __init__(self, function: Callable[..., Any], call: Call, name: str) -> None:
        self._function = function
        self._answers = call.asked.get(name, {})
        self._times = call.times.get(name, 0)
        self._asked: set[Any] = set()
        self._times_here = 0

    def __call__(self, *arguments: Any) -> Any:
        self._times_here += 1
        if not is_hashable(arguments):
            return self._function(*arguments)
        self._asked.add(arguments)
        # The function may count its calls.
        return self._answers[arguments] if arguments in self._answers else self._function(*arguments)

    def is_same(self) -> bool:
        """Whether it was asked as often as by the submission, and the same."""
        is_whole = len(self._answers) < MAX_TAPE
        return self._times_here == self._times and (not is_whole or self._asked == set(self._answers))


def _argument(value: Any, handles: Handles) -> Any:
    return handles[value] if isinstance(value, Handle) else value


def _match_handles(theirs: Any, ours: Any, handles: Handles) -> None:
    pairs = [(theirs, ours)]
    if isinstance(theirs, tuple) and isinstance(ours, tuple):
        pairs = list(zip(theirs, ours, strict=False))
    handles.update({a: b for a, b in pairs if isinstance(a, Handle) and isinstance(b, Handle)})


def _has_entries(theirs: Any, ours: Any, tolerances: Tolerances) -> bool:
    """Whether all that the mistake wrote into an argument stands there too; the student may write more.

    Where the promise was kept, they may also write less: a default, say, that nobody has to note.
    """
    if not isinstance(theirs, dict) or not isinstance(ours, dict):
        return is_same(theirs, ours, tolerances)
    known = ours.keys() & theirs.keys() if tolerances is ROUGH else ours.keys()
    return all(key in theirs and is_same(theirs[key], ours[key], tolerances) for key in known)


def is_same(a: Any, b: Any, tolerances: Tolerances = LOOSE) -> bool:
    """Whether two results agree as far as arithmetic in another order allows."""
    if isinstance(a, Handle) and isinstance(b, Handle):
        return True
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and _is_close(a, b, tolerances)
    if isinstance(a, tuple | list) and isinstance(b, tuple | list):
        return len(a) == len(b) and all(is_same(x, y, tolerances) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(is_same(a[key], b[key], tolerances) for key in a)
    if _is_number(a) and _is_number(b):
        return _is_close(np.asarray(a), np.asarray(b), tolerances)
    return type(a) is type(b) and bool(a == b)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | complex | np.number) and not isinstance(value, bool)


def _is_close(a: np.ndarray, b: np.ndarray, tolerances: Tolerances) -> bool:
    rtol = tolerances.get(a.dtype, tolerances[ELSE])
    return bool(np.allclose(a, b, rtol=rtol, atol=rtol / 1_000, equal_nan=True))
