"""Finds the one well-known mistake whose results agree with the student's on every input that failed."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import numpy as np

from grader.engine.bench import MAX_TAPE
from grader.engine.contract import contract_of
from grader.engine.tape import Call, Failure
from grader.engine.wording import is_unwritten
from grader.model.exercise import Exercise, Mistake
from grader.model.report import Diagnosis
from grader.sandbox.client import Sandbox, Worker
from grader.sandbox.codec import Handle
from grader.sandbox.failures import Loss, StudentError, Unsendable, WorkerLost
from grader.submission import read_source
from grader.testing import Mismatch

SECONDS = 2.0
"""For one mistake on all inputs: they are few, and the mistakes are quick."""
MORE_SECONDS = 1.0
"""After which no more inputs are tried beside the smallest of each promise."""
MAX_CALLS = 20
"""Of such an input; the many calls of a numerical gradient vary one."""
PROCESSOR_SECONDS = 60.0
"""For one mistake on whatever a run suspects it of; then it is started anew."""
LOOSE = {np.dtype(np.float32): 1e-4, np.dtype(np.float16): 1e-2, None: 1e-6}
"""Two programs with the same mistake may add in another order; in float64 that costs less than 1e-6."""
TIGHT = {np.dtype(np.float32): 1e-6, np.dtype(np.float16): 2e-3, None: 1e-9}
"""For what differs from the right result by no more than that."""

Handles = dict[Handle, Handle]
Tolerances = Mapping[Any, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the submission was asked, and answered, in all that speaks for a mistake or against it.

    `least` are the smallest inputs that broke a promise, `more` are others, and `kept` are calls with which a
    promise was kept that is broken with other parameters.
    """

    least: Sequence[Failure]
    more: Sequence[Failure] = ()
    kept: Sequence[Sequence[Call]] = ()


class Suspects:
    """The well-known mistakes of an exercise, each loaded when it is first suspected; a context manager."""

    def __init__(self, exercise: Exercise, mistakes: Sequence[Mistake], sandbox: Sandbox) -> None:
        self._exercise = exercise
        self._mistakes = mistakes
        self._sandbox = sandbox
        self._workers: dict[str, Worker] = {}
        self._reference: Mistake | None = None

    def diagnose(self, evidence: Evidence) -> Diagnosis | None:
        """The mistake that agrees on all inputs, if exactly one does; else nothing is said.

        The reference is a suspect too: where it agrees, nothing that could be seen is wrong.
        """
        if not evidence.least or not all(map(_can_be_compared, evidence.least)):
            return None
        suspects: list[Mistake | None] = [*self._mistakes, self._right()]
        for tolerances in (LOOSE, TIGHT):
            suspects = [one for one in suspects if one and self._agrees(one, evidence, tolerances)]
            if len(suspects) < 2:
                break
        found = suspects[0] if len(suspects) == 1 else None
        return Diagnosis(found.name, found.hint) if found and found in self._mistakes else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in list(self._workers):
            self._workers.pop(name).end()

    def _right(self) -> Mistake | None:
        """The reference, in the form of a mistake without a name."""
        path = self._exercise.reference
        if self._reference is None and path and path.exists():
            self._reference = Mistake(name="", hint="", function="", line=1, source=read_source(path).text)
        return self._reference

    def _agrees(self, mistake: Mistake, evidence: Evidence, tolerances: Tolerances) -> bool:
        was_there = mistake.name in self._workers
        try:
            return self._repeats_all(mistake, evidence, tolerances)
        except WorkerLost:
            # One that has been waiting may have gone down with what others did to the sandbox meanwhile.
            return was_there and self._agrees(mistake, evidence, tolerances)
        except Exception:
            # The mistake cannot be loaded, or asked a test's function what no submission asked.
            return False

    def _repeats_all(self, mistake: Mistake, evidence: Evidence, tolerances: Tolerances) -> bool:
        start = time.monotonic()
        worker = self._workers.pop(mistake.name, None) or self._loaded(mistake, start + SECONDS)

        def repeats(calls: Sequence[Call]) -> bool:
            return _repeats(worker, calls, self._exercise, start + SECONDS, tolerances)

        prompt = [failure.calls for failure in evidence.least if not _is_late(failure)]
        try:
            agrees = all(map(repeats, [*prompt, *evidence.kept]))
            for failure in evidence.more if agrees else ():
                if time.monotonic() > start + MORE_SECONDS:
                    break
                if _can_be_compared(failure) and not _is_late(failure):
                    agrees = agrees and repeats(failure.calls[:MAX_CALLS])
        except BaseException:
            worker.end()
            raise
        self._workers[mistake.name] = worker
        return agrees and all(self._is_late_too(mistake, f.calls) for f in evidence.least if _is_late(f))

    def _is_late_too(self, mistake: Mistake, calls: Sequence[Call]) -> bool:
        """Whether the mistake, which has less time, does not come to an end either."""
        deadline = time.monotonic() + SECONDS
        worker = self._loaded(mistake, deadline)
        try:
            _repeats(worker, calls, self._exercise, deadline, LOOSE)
        except WorkerLost as error:
            return error.loss is Loss.TIME
        finally:
            worker.end()
        return False

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
    lost = [call for call in failure.calls if isinstance(call.error, WorkerLost | Unsendable)]
    is_cut = any(call.is_cut for call in failure.calls)
    return (
        bool(failure.calls) and not is_cut and not is_unwritten(failure) and (not lost or _is_late(failure))
    )


def _is_late(failure: Failure) -> bool:
    """Whether the last call did not come to an end in its time."""
    error = failure.calls[-1].error
    return isinstance(error, WorkerLost) and error.loss is Loss.TIME


def _repeats(
    worker: Worker, calls: Sequence[Call], exercise: Exercise, deadline: float, tolerances: Tolerances
) -> bool:
    """Whether every call of an example gives with the mistake what it gave with the submission."""
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
        self._asked: list[Any] = []

    def __call__(self, *arguments: Any) -> Any:
        self._asked.append(arguments)
        # The function may count its calls.
        return self._answers[arguments] if arguments in self._answers else self._function(*arguments)

    def is_same(self) -> bool:
        """Whether it was asked as often as by the submission, and the same."""
        is_whole = len(self._answers) < MAX_TAPE
        return len(self._asked) == self._times and (not is_whole or set(self._asked) == set(self._answers))


def _argument(value: Any, handles: Handles) -> Any:
    return handles[value] if isinstance(value, Handle) else value


def _match_handles(theirs: Any, ours: Any, handles: Handles) -> None:
    pairs = [(theirs, ours)]
    if isinstance(theirs, tuple) and isinstance(ours, tuple):
        pairs = list(zip(theirs, ours, strict=False))
    handles.update({a: b for a, b in pairs if isinstance(a, Handle) and isinstance(b, Handle)})


def _has_entries(theirs: Any, ours: Any, tolerances: Tolerances) -> bool:
    """Whether all that the mistake wrote into an argument stands there too; the student may write more."""
    if not isinstance(theirs, dict) or not isinstance(ours, dict):
        return is_same(theirs, ours, tolerances)
    return all(key in theirs and is_same(theirs[key], value, tolerances) for key, value in ours.items())


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
    rtol = tolerances.get(a.dtype, tolerances[None])
    return bool(np.allclose(a, b, rtol=rtol, atol=rtol / 1_000, equal_nan=True))
