"""Finds the one well-known mistake whose results agree with the student's on every input that failed."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from types import TracebackType
from typing import Self

from grader.engine.agreement import LOOSE, ROUGH, TIGHT, Calls, Tolerances, repeats
from grader.engine.tape import Failure, Tried
from grader.engine.wording import is_unwritten
from grader.model.exercise import Exercise, Mistake
from grader.model.report import Diagnosis
from grader.sandbox.client import Sandbox, Worker
from grader.sandbox.failures import Loss, Unsendable, WorkerLost
from grader.submission import read_source

SECONDS = 2.0
"""For one mistake on all inputs: they are few, and the mistakes are quick."""
MORE_SECONDS = 1.0
"""After which no more inputs are tried beside the smallest of each promise."""
MAX_CALLS = 20
"""Of such an input; the many calls of a numerical gradient vary one."""
PROCESSOR_SECONDS = 60.0
"""For one mistake on whatever a run suspects it of; then it is started anew."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The calls that speak for a mistake or against it, example by example.

    `least` are those of the smallest example that broke each promise, `more` those of others, `kept` those
    with which a promise was kept, and `late` those of which the last did not come to an end.
    """

    least: Sequence[Calls]
    more: Sequence[Calls]
    kept: Sequence[Calls]
    late: Sequence[Calls]


class Suspects:
    """The well-known mistakes of an exercise, each loaded when it is first suspected; a context manager."""

    def __init__(self, exercise: Exercise, mistakes: Sequence[Mistake], sandbox: Sandbox) -> None:
        self._exercise = exercise
        self._mistakes = mistakes
        self._sandbox = sandbox
        self._workers: dict[str, Worker] = {}
        self._reference: Mistake | None = None

    def diagnose(self, tried: Sequence[Tried]) -> Diagnosis | None:
        """The mistake that agrees on all that was tried, if a promise was broken and exactly one does.

        Else nothing is said. The reference is a suspect too: where it agrees, nothing that was seen is wrong.
        """
        broken = [(one, one.least) for one in tried if one.least]
        if not broken or not all(_can_be_compared(least) for _, least in broken):
            return None
        least = [failure for _, failure in broken]
        more = [failure for one, _ in broken for failure in one.others if _can_be_compared(failure)]
        evidence = Evidence(
            [failure.calls for failure in least if not _is_late(failure)],
            [failure.calls[:MAX_CALLS] for failure in more if not _is_late(failure)],
            [calls[:MAX_CALLS] for one in tried for calls in one.kept],
            [failure.calls for failure in least if _is_late(failure)],
        )
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
        agrees = partial(self._repeats, mistake, deadline=start + SECONDS)
        if not all(agrees(calls, tolerances=tolerances) for calls in evidence.least):
            return False
        kept, more = ((calls, ROUGH) for calls in evidence.kept), ((c, tolerances) for c in evidence.more)
        for calls, near in chain(kept, more):
            if time.monotonic() > start + MORE_SECONDS:
                break
            if not agrees(calls, tolerances=near):
                return False
        return all(self._is_late_too(mistake, calls) for calls in evidence.late)

    def _repeats(self, mistake: Mistake, calls: Calls, *, deadline: float, tolerances: Tolerances) -> bool:
        """Whether every call of an example gives with the mistake what it gave with the submission."""
        worker = self._workers.pop(mistake.name, None) or self._loaded(mistake, deadline)
        try:
            agrees = repeats(worker, calls, self._exercise, deadline=deadline, tolerances=tolerances)
        except BaseException:
            worker.end()
            raise
        if not worker.is_lost:
            self._workers[mistake.name] = worker
        return agrees

    def _is_late_too(self, mistake: Mistake, calls: Calls) -> bool:
        """Whether the mistake, which has less time, does not come to an end either."""
        try:
            self._repeats(mistake, calls, deadline=time.monotonic() + SECONDS, tolerances=LOOSE)
        except WorkerLost as error:
            return error.loss is Loss.TIME
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
    if not failure.calls or is_unwritten(failure) or any(call.is_cut for call in failure.calls):
        return False
    lost = any(isinstance(call.error, WorkerLost | Unsendable) for call in failure.calls)
    return not lost or _is_late(failure)


def _is_late(failure: Failure) -> bool:
    """Whether the last call did not come to an end in its time."""
    error = failure.calls[-1].error
    return isinstance(error, WorkerLost) and error.loss is Loss.TIME
