"""Where one submission is tried: its worker, its time, and a record of what was asked of it."""

import copy
import difflib
import gc
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from grader.engine.contract import kept_results
from grader.model.exercise import Exercise, Function, Limits
from grader.sandbox.client import Loaded, Sandbox, Worker
from grader.sandbox.failures import Loss, StudentError, WorkerLost
from grader.submission import Source
from grader.testing import Mismatch, Rung

T = TypeVar("T")

MAX_TAPE = 500
"""Calls of one example that are kept; a numerical gradient makes thousands, and the first tell enough."""
MAX_KEPT = 16 * 2**20
"""Bytes, about, of the values that are kept of one example: a submission may return as much at every call."""
SMALL = 4
"""Numbers in an example that nobody would want smaller."""
SHRINK_SECONDS = 2.0
"""Time that the submission gets beyond its limit while a smaller counterexample is looked for."""


@dataclass(slots=True)
class Call:
    """One call of the submission: what it was given, and the value or the exception that came back.

    `asked` holds, for each argument that is a function, what it answered to which arguments. What is too
    large to be kept `is_cut`: then none of it is there.
    """

    function: str
    arguments: Mapping[str, Any]
    asked: dict[str, dict[Any, Any]] = field(default_factory=dict)
    value: Any = None
    error: Exception | None = None
    updated: dict[str, Any] = field(default_factory=dict)
    modified: tuple[str, ...] = ()
    is_cut: bool = False

    @property
    def size(self) -> int:
        return MAX_KEPT if self.is_cut else sum(map(_size, self.arguments.values()))

    def cut(self) -> None:
        """Lets go of all values."""
        self.arguments, self.asked, self.value, self.updated, self.is_cut = {}, {}, None, {}, True


@dataclass(frozen=True, slots=True)
class Failure:
    """One example that broke the promise: why, and the calls that it made."""

    error: BaseException
    calls: tuple[Call, ...]

    def let_go(self) -> None:
        """Forgets the frames that the errors passed through, with all that was in them."""
        errors = [self.error, *(call.error for call in self.calls)]
        while errors:
            error = errors.pop()
            if error is not None and error.__traceback__ is not None:
                error.__traceback__ = None
                errors += [error.__cause__, error.__context__]

    @property
    def size(self) -> int:
        """How much a student has to look at."""
        return sum(call.size for call in self.calls[:20])


class MissingFunctionError(Exception):
    """The submission does not define what a test calls; the text says so."""


class Bench:
    """One submission under test; a fresh worker for each test, started when the test first calls it."""

    def __init__(
        self, exercise: Exercise, source: Source, sandbox: Sandbox, *, shrink_seconds: float = SHRINK_SECONDS
    ) -> None:
        self.exercise = exercise
        self.source = source
        self.spent = 0.0
        self.failure: Failure | None = None
        self.printed = ""
        self.search_until = 0.0
        self._sandbox = sandbox
        self._shrink_seconds = shrink_seconds
        self._limits = exercise.limits
        self._left = 0.0
        self._worker: Worker | None = None
        self._functions: tuple[str, ...] = ()
        self._calls: list[Call] = []
        self._kept = 0
        self._modified: Mismatch | None = None
        self._resultless: Exception | None = None

    def with_source(self, source: Source) -> "Bench":
        """A bench like this one for another submission."""
        return Bench(self.exercise, source, self._sandbox, shrink_seconds=self._shrink_seconds)

    @property
    def wants_smaller(self) -> bool:
        """Whether somebody will read the example that broke the promise, and it takes long to read."""
        return self._shrink_seconds > 0 and self.failure is not None and self.failure.size > SMALL

    # --- a test and its examples ---------------------------------------------------------------------------

    def open_test(self, limits: Limits) -> None:
        """Starts the clock of one test."""
        self._limits = limits
        self._left = min(limits.seconds, max(0.0, limits.total_seconds - self.spent))
        self.failure = None
        self.printed = ""

    def close_test(self) -> None:
        """Ends the worker, so that nothing of this test is seen by the next."""
        if self._worker:
            self.printed += self._worker.printed()
            self._worker.end()
        self._worker = None

    def open_example(self) -> None:
        """Forgets the calls of the example before."""
        if self._kept > MAX_KEPT:
            gc.collect()  # exceptions and frames hold one another, and large arrays in them
        self._calls = []
        self._kept = 0
        self._modified = None
        self._resultless = None

    @property
    def was_called(self) -> bool:
        """Whether the current example has asked the submission for anything."""
        return bool(self._calls)

    def close_example(self) -> None:
        """Raises what a content test did not see, or caught by mistake: no result, an argument changed."""
        if self._resultless:
            raise self._resultless
        if self._modified:
            raise self._modified

    def record(self, error: BaseException) -> None:
        """Keeps this failure of the current example if it is the smallest so far."""
        if self._modified and isinstance(error, Mismatch) and error.rung > Rung.MODIFIED:
            error = self._modified
        failure = Failure(error, tuple(self._calls))
        if self.failure is None:
            self._left += self._shrink_seconds
            self.search_until = time.monotonic() + self._shrink_seconds
        elif isinstance(error, WorkerLost) or failure.size > self.failure.size:
            return  # of two of one size the later is Hypothesis's simpler one
        self.failure = failure

    # --- calls ---------------------------------------------------------------------------------------------

    def load(self) -> Loaded:
        """Loads the submission into a fresh worker.

        Raises:
            StudentError, WorkerLost: as `Worker.load`.
        """
        limits = self._limits
        self._worker = self._sandbox.worker(
            memory=limits.memory, seconds=limits.seconds, packages=limits.packages
        )
        loaded = self._timed(
            lambda worker, deadline: worker.load(
                self.source.text, deadline=deadline, tolerant=self.source.cells is not None
            )
        )
        self._functions = loaded.functions
        return loaded

    def call(self, name: str, positional: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """Calls a function of the submission; the result keeps its contract.

        Raises:
            Mismatch: the result breaks the contract.
            MissingFunctionError, StudentError, Unsendable, WorkerLost: there is no result.
        """
        function = self.exercise.functions[name]
        names = [*list(function.arguments)[: len(positional)], *named]
        arguments = dict(zip(names, [*positional, *named.values()], strict=True))
        call = Call(
            name, {key: _kept(value, is_updated=key in function.updates) for key, value in arguments.items()}
        )
        if len(self._calls) < MAX_TAPE:
            self._calls.append(call)
        try:
            call.value = self._call(function, arguments, tuple(named), call)
            return kept_results(function, list(arguments.values()), call.value)
        except StudentError as error:  # which a test may ask for
            call.error = error
            raise
        except Exception as error:
            call.error = self._resultless = error
            raise
        finally:
            self._kept += _weight((call.arguments, call.value, call.updated))
            if self._kept > MAX_KEPT:
                call.cut()

    def _call(
        self, function: Function, arguments: Mapping[str, Any], named: tuple[str, ...], call: Call
    ) -> Any:
        self._ensure(function.name)
        updates = [index for index, key in enumerate(arguments) if key in function.updates]
        given = [self._listening(key, value, call) for key, value in arguments.items()]
        reply = self._timed(
            lambda worker, deadline: worker.call(
                function.name,
                given,
                deadline=deadline,
                names=named,
                updates=updates,
                opaque=[i for i, value in enumerate(function.returns.values()) if value.kind == "opaque"],
                results=len(function.returns),
            )
        )
        names = list(arguments)
        call.updated = {names[index]: value for index, value in reply.updated.items()}
        call.modified = tuple(names[index] for index in reply.modified)
        for name, value in call.updated.items():
            _update(arguments[name], value)
        if call.modified:
            self._note_modified(call.modified[0])
        return reply.value

    def _listening(self, key: str, value: Any, call: Call) -> Any:
        """The argument; a function with a record of its answers, so that a counterexample can show it."""
        if not callable(value):
            return value
        answers = call.asked.setdefault(key, {})

        def listening(*arguments: Any) -> Any:
            answer = value(*arguments)
            if len(answers) < MAX_TAPE and self._kept <= MAX_KEPT and _is_hashable(arguments):
                self._kept += _weight((arguments, answer))
                answers[arguments] = answer
            return answer

        return listening

    def _ensure(self, name: str) -> None:
        if self._worker is None:
            self.load()
        if name not in self._functions:
            raise MissingFunctionError(missing(name, self._functions))

    def _note_modified(self, argument: str) -> None:
        sentence = f"`{argument}` was changed in place; the caller's data should stay as it was"
        self._modified = self._modified or Mismatch(Rung.MODIFIED, sentence)

    def _timed(self, ask: Callable[[Worker, float], T]) -> T:
        """Asks the worker under what is left of the test's time, and charges it."""
        if self._worker is None:
            raise WorkerLost(Loss.EXIT, "there is no worker")
        start = time.monotonic()
        try:
            return ask(self._worker, start + self._left)
        finally:
            seconds = time.monotonic() - start
            self._left -= seconds
            self.spent += seconds


def missing(name: str, functions: Sequence[str]) -> str:
    """The sentence about a function that a submission should define, with its near misses."""
    near = difflib.get_close_matches(name, functions, n=1)
    hint = f" Is it `{near[0]}`, under another name?" if near else ""
    return f"`{name}` is not defined in the submission.{hint}"


def _kept(value: Any, *, is_updated: bool) -> Any:
    return copy.deepcopy(value) if is_updated else value


def _is_hashable(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _update(target: Any, value: Any) -> None:
    """Brings what the submission made of an argument into the caller's own object."""
    if isinstance(target, dict) and isinstance(value, dict):
        target.clear()
        target.update(value)
    elif isinstance(target, list) and isinstance(value, list):
        target[:] = value
    elif isinstance(target, np.ndarray) and isinstance(value, np.ndarray) and target.shape == value.shape:
        target[...] = value


def _weight(value: Any) -> int:
    """The bytes of memory that a value takes, about."""
    if isinstance(value, np.ndarray):
        return int(getattr(value.base, "nbytes", value.nbytes))
    if isinstance(value, dict):
        return 64 + sum(_weight(key) + _weight(entry) for key, entry in value.items())
    if isinstance(value, tuple | list):
        return 64 + sum(map(_weight, value))
    return sys.getsizeof(value)


def _size(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return int(value.size)
    if isinstance(value, dict):
        return sum(_size(entry) for entry in value.values())
    return len(value) if isinstance(value, tuple | list | str) else 1
