"""Where one submission is tried: what a test asks of it, and what was found."""

import copy
import difflib
import gc
import math
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from grader.engine.contract import contract_of, kept_results, update
from grader.engine.dialogue import Dialogue
from grader.engine.tape import MAX_KEPT, Call, Failure, is_hashable, weight
from grader.model.exercise import Exercise, Function, Limits
from grader.sandbox.client import Sandbox
from grader.sandbox.failures import StudentError, WorkerLost
from grader.sandbox.replies import Contract, Loaded, Reply
from grader.submission import Source
from grader.testing import Mismatch, Rung

T = TypeVar("T")

MAX_TAPE = 500
"""Calls of one example that are kept; a numerical gradient makes thousands, and the first tell enough."""
SMALL = 4
"""Numbers in an example that nobody would want smaller."""
SHRINK_SECONDS = 2.0
"""Time that the submission gets beyond its limit while a smaller counterexample is looked for."""
MAX_OTHERS = 24
"""Examples beside the smallest that are kept of one promise, broken or not."""


class MissingFunctionError(Exception):
    """The submission does not define what a test calls; the text says so."""


class Bench:
    """One submission under test.

    Its worker is started when a test first calls it, and serves the tests that follow until one fails or, of
    those in sight and those out of sight, the others begin.
    """

    def __init__(
        self, exercise: Exercise, source: Source, sandbox: Sandbox, *, shrink_seconds: float = SHRINK_SECONDS
    ) -> None:
        self.exercise = exercise
        self.source = source
        self.dialogue = Dialogue(sandbox)
        self.failure: Failure | None = None
        self.others: list[Failure] = []
        self.kept: list[tuple[Call, ...]] = []
        self.printed = ""
        self.was_cut_short = False
        self._sandbox = sandbox
        self._shrink_seconds = shrink_seconds
        self._limits = exercise.limits
        self._search_until = math.inf
        self._is_search = self._is_aside = False
        self._in_sight = True
        self._calls: list[Call] = []
        self._kept = 0
        self._modified: Mismatch | None = None
        self._resultless: Exception | None = None

    def with_source(self, source: Source) -> "Bench":
        """A bench like this one for another submission."""
        return Bench(self.exercise, source, self._sandbox, shrink_seconds=self._shrink_seconds)

    @property
    def spent(self) -> float:
        """Seconds of the submission's time for the whole exercise that are gone."""
        return self.dialogue.spent

    @property
    def wants_smaller(self) -> bool:
        """Whether somebody will read the example that broke the promise, and it takes long to read."""
        return self._shrink_seconds > 0 and self.failure is not None and self.failure.size > SMALL

    # --- a test and its examples ---------------------------------------------------------------------------

    def open_test(self, limits: Limits, *, in_sight: bool = True) -> None:
        """Starts the clock of one test; what is seen of those `in_sight` must not come from the others."""
        if (in_sight, limits.memory) != (self._in_sight, self._limits.memory):
            self.end_worker()
        self._in_sight = in_sight
        self._limits = limits
        self.dialogue.left = min(limits.seconds, max(0.0, limits.total_seconds - self.spent))
        self._search_until = math.inf
        if self._is_search:
            self._begin_search(0.0)
        self.failure = None
        self.others, self.kept = [], []
        self.was_cut_short = False
        self.printed = ""
        self.dialogue.foresee(())

    @contextmanager
    def searching(self) -> Iterator[None]:
        """Inside, tests are run to find smaller examples, in the time that there is for it."""
        spent, self._is_search = self.spent, True
        try:
            yield
        finally:
            self.dialogue.spent, self._is_search = spent, False

    @contextmanager
    def aside(self, seconds: float) -> Iterator[None]:
        """Inside, examples are tried for what else breaks the promise, in so much time of ours."""
        dialogue = self.dialogue
        self.printed += dialogue.printed()
        left, spent = dialogue.left, dialogue.spent
        dialogue.left, self._is_aside = seconds, True
        try:
            yield
        finally:
            dialogue.left, dialogue.spent, self._is_aside = left, spent, False
            dialogue.printed()  # nobody asked for these examples

    def is_late(self) -> bool:
        """Whether the time for looking for smaller examples is over."""
        if self._is_aside or time.monotonic() <= self._search_until:
            return False
        self.was_cut_short = True
        return True

    def _begin_search(self, left: float) -> None:
        self.dialogue.left = left + self._shrink_seconds
        self._search_until = time.monotonic() + self._shrink_seconds

    def close_test(self) -> None:
        """Leaves the worker to the next test, unless this one has failed or has left calls unanswered."""
        self.printed += self.dialogue.printed()
        if self.failure or self.dialogue.is_behind:
            self.end_worker()

    def end_worker(self) -> None:
        """Ends the worker, so that nothing of the tests so far is seen by those to come."""
        self.printed += self.dialogue.end()

    def open_example(self) -> None:
        """Forgets the calls of the example before."""
        if self._kept > MAX_KEPT:
            gc.collect()  # exceptions and frames hold one another, and large arrays in them
        self._calls = []
        self._kept = 0
        self._modified = None
        self._resultless = None
        self.dialogue.open_example()

    @property
    def was_called(self) -> bool:
        """Whether the current example has asked the submission for anything."""
        return bool(self._calls)

    @property
    def tape(self) -> tuple[Call, ...]:
        """The calls of the current example."""
        return tuple(self._calls)

    @property
    def has_small_tape(self) -> bool:
        """Whether the tape can be kept beside others."""
        return bool(self._calls) and self._kept <= MAX_KEPT // MAX_OTHERS

    def close_example(self) -> None:
        """Raises what a content test did not see, or caught by mistake: no result, an argument changed."""
        if self._resultless:
            raise self._resultless
        if self._modified:
            raise self._modified
        if self._is_aside and len(self.kept) < MAX_OTHERS and self.has_small_tape:
            self.kept.append(self.tape)

    def record(self, error: BaseException) -> None:
        """Keeps this failure of the current example, first of all if it is the smallest so far."""
        if self._modified and isinstance(error, Mismatch) and error.rung > Rung.MODIFIED:
            error = self._modified
        failure = Failure(error, self.tape)
        if self._is_aside:
            self._keep_beside(failure)
            return
        is_lost = isinstance(error, WorkerLost)
        if is_lost and self._is_search:
            self.was_cut_short = True  # it was our time that ran out, not the test's
            return
        if self.failure is None:
            if not self._is_search:
                self._begin_search(self.dialogue.left)
        elif is_lost or failure.size > self.failure.size:
            self.was_cut_short = self.was_cut_short or is_lost
            self._keep_beside(failure)
            return  # of two of one size the later is Hypothesis's simpler one
        else:
            self._keep_beside(self.failure)
        self.failure = failure

    def _keep_beside(self, failure: Failure) -> None:
        is_lost = isinstance(failure.error, WorkerLost)
        if (
            len(self.others) < MAX_OTHERS
            and not is_lost
            and sum(one.weight for one in self.others) < MAX_KEPT
        ):
            self.others.append(failure)

    # --- calls ---------------------------------------------------------------------------------------------

    def load(self) -> Loaded:
        """Loads the submission into a fresh worker.

        Raises:
            StudentError, WorkerLost: as `Worker.load`.
        """
        limits = self._limits
        seconds = max(limits.seconds, limits.total_seconds) + self._shrink_seconds
        return self.dialogue.load(
            self.source.text,
            memory=limits.memory,
            seconds=seconds,
            packages=limits.packages,
            tolerant=self.source.cells is not None,
        )

    def next_answers(self) -> bytes:
        """What the submission answers in the next example, as bytes; empty where only its run can tell."""
        try:
            if not self.dialogue.is_open:
                self.load()
        except (StudentError, WorkerLost):  # which the example will meet
            self.end_worker()
            return b""
        return self.dialogue.next_answers()

    def call(self, name: str, positional: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """Calls a function of the submission; the result keeps its contract.

        Raises:
            Mismatch: the result breaks the contract.
            MissingFunctionError, StudentError, Unsendable, WorkerLost: there is no result.
        """
        function = self.exercise.functions[name]
        names = [*list(function.arguments)[: len(positional)], *named]
        contract = contract_of(function, tuple(names))
        self.dialogue.only_tells(name, [*positional, *named.values()], tuple(named), contract)
        arguments = dict(zip(names, [*positional, *named.values()], strict=True))
        call = Call(
            name,
            {key: copy.deepcopy(v) if key in function.updates else v for key, v in arguments.items()},
            results=tuple(function.returns),
        )
        if len(self._calls) < MAX_TAPE:
            self._calls.append(call)
        try:
            call.value = self._call(function, arguments, tuple(named), call, contract)
            return kept_results(function, list(arguments.values()), call.value)
        except StudentError as error:  # which a test may ask for
            call.error = error
            raise
        except Exception as error:
            call.error = self._resultless = error
            raise
        finally:
            self._kept += weight((call.arguments, call.value, call.updated))
            if self._kept > MAX_KEPT:
                call.cut()

    def _call(
        self,
        function: Function,
        arguments: Mapping[str, Any],
        named: tuple[str, ...],
        call: Call,
        contract: Contract,
    ) -> Any:
        self._ensure(function.name)
        given = [self._listening(key, value, call) for key, value in arguments.items()]
        reply = self._seen(self.dialogue.call(function.name, given, named, contract))
        names = list(arguments)
        call.updated = {names[index]: value for index, value in reply.updated.items()}
        call.modified = tuple(names[index] for index in reply.modified)
        call.aliased = tuple((place, names[index]) for place, index in reply.aliased)
        for name, value in call.updated.items():
            update(arguments[name], value)
        if call.modified:
            self._note_modified(call.modified[0])
        return reply.value

    def _seen(self, reply: Reply) -> Reply:
        """The reply as the test sees it."""
        return reply

    def _listening(self, key: str, value: Any, call: Call) -> Any:
        """The argument; a function with a record of its answers, so that a counterexample can show it."""
        if not callable(value):
            return value
        answers = call.asked.setdefault(key, {})
        call.times[key] = 0

        def listening(*arguments: Any) -> Any:
            call.times[key] += 1
            answer = value(*arguments)
            if len(answers) < MAX_TAPE and self._kept <= MAX_KEPT and is_hashable(arguments):
                self._kept += weight((arguments, answer))
                answers[arguments] = answer
            return answer

        return listening

    def _ensure(self, name: str) -> None:
        if not self.dialogue.is_open:
            self.load()
        if name not in self.dialogue.functions:
            raise MissingFunctionError(missing(name, self.dialogue.functions))

    def _note_modified(self, argument: str) -> None:
        sentence = f"`{argument}` was changed in place; the caller's data should stay as it was"
        self._modified = self._modified or Mismatch(Rung.MODIFIED, sentence)


def missing(name: str, functions: Sequence[str]) -> str:
    """The sentence about a function that a submission should define, with its near misses."""
    near = difflib.get_close_matches(name, functions, n=1)
    hint = f" Is it `{near[0]}`, under another name?" if near else ""
    return f"`{name}` is not defined in the submission.{hint}"
