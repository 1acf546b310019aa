"""Speaks with the worker of one submission: ahead of a test where it knows the calls, else call by call."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from grader.engine.ahead import Ahead, Notes, Script
from grader.sandbox.client import Sandbox, Worker
from grader.sandbox.codec import Handle
from grader.sandbox.failures import Loss, WorkerLost
from grader.sandbox.replies import Contract, Loaded, Reply
from grader.testing.ahead import Asked

T = TypeVar("T")


class _Told(BaseException):
    """Leaves what is about to call the submission; no test may catch it."""


class Dialogue:
    """What is asked of one submission, in the time that there is for it.

    `left` are the seconds that the current test has still, `spent` those that all have taken.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self.left = self.spent = 0.0
        self.notes: Notes | None = None
        self.functions: tuple[str, ...] = ()
        self._sandbox = sandbox
        self._worker: Worker | None = None
        self._ahead = Ahead(())
        self._told: Notes | None = None
        self._place = 0
        self._links: dict[Handle, Handle] = {}

    # --- the worker ----------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether there is a worker."""
        return self._worker is not None

    @property
    def is_behind(self) -> bool:
        """Whether the worker was asked for more than was heard."""
        return self._worker is not None and self._worker.awaited > 0

    def load(self, source: str, *, memory: int, seconds: float, packages: bool, tolerant: bool) -> Loaded:
        """Loads the submission into a fresh worker, meant to be used for so many seconds at most.

        Raises:
            StudentError, WorkerLost: as `Worker.load`.
        """
        self._worker = self._sandbox.worker(memory=memory, seconds=seconds, packages=packages)
        loaded = self._timed(
            lambda worker, deadline: worker.load(source, deadline=deadline, tolerant=tolerant)
        )
        self.functions = loaded.functions
        return loaded

    def printed(self) -> str:
        """What the submission has printed since this was last asked."""
        return self._worker.printed() if self._worker else ""

    def end(self) -> str:
        """Ends the worker; returns what it has printed since this was last asked."""
        if self._worker is None:
            return ""
        self._worker.end()
        printed, self._worker = self._worker.printed(), None
        return printed

    # --- ahead of the calls --------------------------------------------------------------------------------

    def foresee(self, scripts: Sequence[Script]) -> None:
        """Lets the calls of the examples to come, each with its script, be made ahead of them."""
        self._ahead = Ahead(scripts)

    def open_example(self) -> None:
        """Forgets the calls of the example before."""
        self._place = 0
        self._links = {}
        self._ahead.open_example()
        if self._worker:
            self._worker.forget()

    def next_answers(self) -> bytes:
        """What the submission answers in the next example, as bytes; empty where only its run can tell."""
        if self._worker is None:
            return b""
        try:
            return self._timed(lambda worker, deadline: self._ahead.answers(worker, deadline=deadline))
        except WorkerLost:  # which the example will meet
            return b""

    def pass_example(self) -> None:
        """Leaves out the next example, whose answers are known to keep its promise."""
        if self._worker:
            self._ahead.pass_over(self._worker)
            self._worker.forget()

    def prepare(self, asked: Asked) -> None:
        """Sends together the first calls that each of `asked` makes, where no script has them."""
        if self._ahead.knows_more:
            return
        self._told = Notes()
        try:
            for ask in asked:
                with suppress(_Told):
                    ask()
        except Exception:  # it will be raised again when it is asked in earnest
            return
        finally:
            told, self._told = self._told, None
        self._ahead = Ahead([told.script()])
        self._ahead.open_example()

    def only_tells(
        self, function: str, arguments: Sequence[Any], names: Sequence[str], contract: Contract
    ) -> None:
        """Leaves the caller, if it is one that `prepare` asks for its first call only."""
        if self._told:
            self._told.note(function, arguments, names, contract)
            raise _Told

    # --- the calls -----------------------------------------------------------------------------------------

    def call(
        self, function: str, arguments: Sequence[Any], names: Sequence[str], contract: Contract
    ) -> Reply:
        """The reply to a call: to the one that was sent ahead, if this is it.

        Raises:
            StudentError, Unsendable, WorkerLost: as `Worker.call`.
        """
        place, linked = self._place, [self._links.get(v, v) if type(v) is Handle else v for v in arguments]
        self._place += 1
        if self.notes:
            self.notes.note(function, linked, names, contract)

        def ask(worker: Worker, deadline: float) -> Reply:
            if self._ahead.foresaw(worker, function, linked, names, deadline=deadline):
                return worker.answer(len(arguments), contract, deadline=deadline)
            return worker.call(function, arguments, deadline=deadline, names=names, contract=contract)

        reply = self._timed(ask)
        if contract.opaque:
            self._link(reply.value, place)
        return reply

    def _link(self, value: Any, place: int) -> None:
        """Remembers which call of the example a handle came from: another submission's has another name."""
        for index, part in enumerate(value if type(value) is tuple else (value,)):
            if type(part) is Handle:
                self._links[part] = Handle("", f"{place}:{index}")

    def _timed(self, ask: Callable[[Worker, float], T]) -> T:
        """Asks the worker under what is left of the test's time, and charges it."""
        if self._worker is None:
            raise WorkerLost(Loss.EXIT, "there is no worker")
        start = time.monotonic()
        try:
            return ask(self._worker, start + self.left)
        finally:
            seconds = time.monotonic() - start
            self.left -= seconds
            self.spent += seconds
