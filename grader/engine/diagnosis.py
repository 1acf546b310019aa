"""Finds the one well-known mistake whose results agree with the student's on every input that failed."""

import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import numpy as np

from grader.engine.contract import contract_of
from grader.engine.tape import Call, Failure
from grader.engine.wording import is_unwritten
from grader.model.exercise import Exercise, Mistake
from grader.model.report import Diagnosis
from grader.sandbox.client import Sandbox, Worker
from grader.sandbox.codec import Handle
from grader.sandbox.failures import StudentError, Unsendable, WorkerLost
from grader.sandbox.replies import Reply
from grader.testing import Mismatch

SECONDS = 2.0
"""For one mistake on all inputs: they are few, and the mistakes are quick."""
PROCESSOR_SECONDS = 60.0
"""For one mistake on whatever a run suspects it of; then it is started anew."""
RTOL = {np.dtype(np.float32): 1e-4, np.dtype(np.float16): 1e-2}
"""Two programs with the same mistake may add in another order; in float64 that costs less than 1e-6."""

Handles = dict[Handle, Handle]


class Suspects:
    """The well-known mistakes of an exercise, each loaded when it is first suspected; a context manager."""

    def __init__(self, exercise: Exercise, mistakes: Sequence[Mistake], sandbox: Sandbox) -> None:
        self._exercise = exercise
        self._mistakes = mistakes
        self._sandbox = sandbox
        self._workers: dict[str, Worker] = {}

    def diagnose(self, failures: Sequence[Failure]) -> Diagnosis | None:
        """The mistake that agrees on all failures, if exactly one does; else nothing is said."""
        if not failures or not all(map(_can_be_compared, failures)):
            return None
        agreeing = [mistake for mistake in self._mistakes if self._agrees(mistake, failures)]
        if len(agreeing) != 1:
            return None
        return Diagnosis(agreeing[0].name, agreeing[0].hint)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in list(self._workers):
            self._workers.pop(name).end()

    def _agrees(self, mistake: Mistake, failures: Sequence[Failure]) -> bool:
        was_there = mistake.name in self._workers
        try:
            return self._repeats_all(mistake, failures)
        except WorkerLost:
            # One that has been waiting may have gone down with what others did to the sandbox meanwhile.
            return was_there and self._agrees(mistake, failures)
        except Exception:
            # The mistake cannot be loaded, or asked a test's function what no submission asked.
            return False

    def _repeats_all(self, mistake: Mistake, failures: Sequence[Failure]) -> bool:
        deadline = time.monotonic() + SECONDS
        worker = self._workers.pop(mistake.name, None) or self._loaded(mistake, deadline)
        try:
            agrees = all(_repeats(worker, failure, self._exercise, deadline) for failure in failures)
        except BaseException:
            worker.end()
            raise
        self._workers[mistake.name] = worker
        return agrees

    def _loaded(self, mistake: Mistake, deadline: float) -> Worker:
        limits = self._exercise.limits
        worker = self._sandbox.worker(
            memory=limits.memory, seconds=PROCESSOR_SECONDS, packages=limits.packages
        )
        try:
            worker.load(mistake.source, deadline=deadline)
        except BaseException:
            worker.end()
            raise
        return worker


def _can_be_compared(failure: Failure) -> bool:
    lost = any(call.is_cut or isinstance(call.error, WorkerLost | Unsendable) for call in failure.calls)
    return bool(failure.calls) and not lost and not is_unwritten(failure)


def _repeats(worker: Worker, failure: Failure, exercise: Exercise, deadline: float) -> bool:
    """Whether every call of the failed example gives with the mistake what it gave with the submission."""
    handles: Handles = {}
    worker.forget()
    return all(_is_same_call(worker, call, exercise, handles, deadline=deadline) for call in failure.calls)


def _is_same_call(
    worker: Worker, call: Call, exercise: Exercise, handles: Handles, *, deadline: float
) -> bool:
    function = exercise.functions[call.function]
    names = list(call.arguments)
    in_order = names == list(function.arguments)[: len(names)]
    try:
        reply = worker.call(
            call.function,
            [_argument(name, value, call, handles) for name, value in call.arguments.items()],
            deadline=deadline,
            names=() if in_order else names,
            contract=contract_of(function, tuple(names)),
        )
    except StudentError as error:
        return isinstance(call.error, StudentError) and call.error.type_name == error.type_name
    except Mismatch as error:  # a test's function said that it was asked for nonsense
        return isinstance(call.error, Mismatch) and str(error) == str(call.error)
    if isinstance(call.error, StudentError):
        return False
    _match_handles(call.value, reply.value, handles)
    return _is_same_reply(call, names, reply)


def _is_same_reply(call: Call, names: Sequence[str], reply: Reply) -> bool:
    updated = {names[index]: value for index, value in reply.updated.items()}
    modified = tuple(names[index] for index in reply.modified)
    return (
        is_same(call.value, reply.value)
        and modified == call.modified
        and all(_has_entries(call.updated.get(name), value) for name, value in updated.items())
    )


def _argument(name: str, value: Any, call: Call, handles: Handles) -> Any:
    if isinstance(value, Handle):
        return handles[value]
    return _answering(value, call.asked.get(name, {})) if callable(value) else value


def _answering(function: Callable[..., Any], answers: Mapping[Any, Any]) -> Callable[..., Any]:
    """The test's function, from memory where it can: it may count its calls."""
    return lambda *arguments: answers[arguments] if arguments in answers else function(*arguments)


def _match_handles(theirs: Any, ours: Any, handles: Handles) -> None:
    pairs = [(theirs, ours)]
    if isinstance(theirs, tuple) and isinstance(ours, tuple):
        pairs = list(zip(theirs, ours, strict=False))
    handles.update({a: b for a, b in pairs if isinstance(a, Handle) and isinstance(b, Handle)})


def _has_entries(theirs: Any, ours: Any) -> bool:
    """Whether all that the mistake wrote into an argument stands there too; the student may write more."""
    if not isinstance(theirs, dict) or not isinstance(ours, dict):
        return is_same(theirs, ours)
    return all(key in theirs and is_same(theirs[key], value) for key, value in ours.items())


def is_same(a: Any, b: Any) -> bool:
    """Whether two results agree as far as arithmetic in another order allows."""
    if isinstance(a, Handle) and isinstance(b, Handle):
        return True
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and _is_close(a, b)
    if isinstance(a, tuple | list) and isinstance(b, tuple | list):
        return len(a) == len(b) and all(map(is_same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(is_same(a[key], b[key]) for key in a)
    if _is_number(a) and _is_number(b):
        return _is_close(np.asarray(a), np.asarray(b))
    return type(a) is type(b) and bool(a == b)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | complex | np.number) and not isinstance(value, bool)


def _is_close(a: np.ndarray, b: np.ndarray) -> bool:
    rtol = RTOL.get(a.dtype, 1e-6)
    return bool(np.allclose(a, b, rtol=rtol, atol=rtol / 1_000, equal_nan=True))
