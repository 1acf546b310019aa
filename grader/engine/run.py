"""Marks one submission after another with the collected tests of an exercise."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pytest

from grader.engine import wording
from grader.engine.bench import Bench, MissingFunctionError
from grader.engine.declared import declared
from grader.engine.tape import NOTHING_TRIED, Failure, Tried
from grader.model.exercise import Exercise
from grader.model.report import Status, Verdict, Visibility
from grader.sandbox.failures import StudentError, Unsendable, WorkerLost
from grader.sandbox.text import printable
from grader.submission import read_source
from grader.testing import Mismatch

THEIRS = (Mismatch, StudentError, Unsendable, WorkerLost, MissingFunctionError)
"""What a submission is charged with at once; anything else that a test raises may be the test's own fault."""
MAX_PRINTED = 4_000
SECRECY = (Visibility.VISIBLE, Visibility.AFTER_DUE_DATE, Visibility.HIDDEN)

RunItem = Callable[[pytest.Function], BaseException | None]

NOT_IMPORTED = "Not tried, because the submission could not be imported."
NO_TIME = "Not tried, because the time for the whole exercise ({seconds:g} s) was used up."


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one promise fared, with what was tried.

    `message` is a sentence for the student; of a broken test, half a sentence about what is wrong with it.
    """

    verdict: Verdict
    message: str | None = None
    tried: Tried = NOTHING_TRIED
    seconds: float = 0.0
    printed: str = ""

    @property
    def failure(self) -> Failure | None:
        """The smallest example that broke the promise."""
        return self.tried.least


def is_stumble(outcome: Outcome) -> bool:
    """Whether the test came to no judgement of its own: it skipped itself, or raised what no test should."""
    if outcome.failure is None:
        return outcome.verdict is Verdict.BROKEN
    return not isinstance(outcome.failure.error, (*THEIRS, AssertionError))


@dataclass(frozen=True, slots=True)
class Marked:
    """How one submission fared: an outcome for each declared test, in their order."""

    status: Status
    outcomes: Mapping[str, Outcome]
    message: str | None = None
    printed: str = ""


class Run:
    """Marks one submission after another with tests that pytest has collected; none sees another."""

    def __init__(
        self,
        exercise: Exercise,
        items: Mapping[str, Sequence[pytest.Function]],
        run: RunItem,
        search: RunItem,
        *,
        hidden_only: bool,
    ) -> None:
        """With `hidden_only`, only the hidden tests are run, with what they need.

        `run` runs one collected test and returns what it raised. `search` runs it so that Hypothesis looks
        for smaller examples; None where that would be no other than the first run.
        """
        self.declared = {name: declared(group) for name, group in items.items()}
        self.bench: Bench | None = None
        self._exercise = exercise
        self._items = items
        self._run = run
        self._search = search
        self._hidden_only = hidden_only

    def mark(self, bench: Bench) -> Marked:
        """How the submission on the bench fares."""
        self.bench = bench
        try:
            return self._marked(bench)
        finally:
            bench.end_worker()

    def _marked(self, bench: Bench) -> Marked:
        refused = self._refused(bench)
        if refused:
            return refused
        printed = _cut(bench.printed)
        outcomes: dict[str, Outcome] = {}
        before = (0, False)
        for name in self._in_order():
            if self._secrecy(name) < before:
                bench.end_worker()  # it could tell here what a test that tells less has given it
            before = self._secrecy(name)
            outcomes[name] = self._settled(name, outcomes) or self._outcome(self._items[name], bench)
        in_file_order = {name: outcomes[name] for name in self.declared if name in outcomes}
        if bench.spent < self._exercise.limits.total_seconds:
            return Marked(Status.GRADED, in_file_order, printed=printed)
        message = NO_TIME.format(seconds=self._exercise.limits.total_seconds)
        return Marked(Status.STOPPED, in_file_order, message, printed)

    def _in_order(self) -> list[str]:
        """The tests to run in the order of their files, each after what it needs.

        Those out of sight come last: what others take of the time for all would tell how long these took.
        """
        ordered: dict[str, None] = {}

        def add(name: str, waiting: frozenset[str]) -> None:
            if name in ordered or name in waiting or name not in self.declared:
                return
            for need in self.declared[name].needs:
                add(need, waiting | {name})
            ordered[name] = None

        for name in sorted(self.declared, key=self._secrecy):
            if self.declared[name].is_hidden or not self._hidden_only:
                add(name, frozenset())
        return list(ordered)

    def _secrecy(self, name: str) -> tuple[int, bool]:
        """How little is told of a test: the higher, the less, and the later it is run."""
        test = self.declared.get(name)
        return (SECRECY.index(test.visibility), test.is_hidden) if test else (0, False)

    def _refused(self, bench: Bench) -> Marked | None:
        """The outcome for all tests of a submission that cannot even be imported."""
        limits = self._exercise.limits
        bench.open_test(limits)
        try:
            bench.load()
        except StudentError as error:
            status = Status.UNREADABLE
            message = wording.raised(error, bench.source, subject="The submission", memory=limits.memory)
        except WorkerLost as error:
            status, message = Status.STOPPED, f"The submission could not be imported: {error}."
        else:
            return None
        finally:
            bench.close_test()
        return self._untried(status, message, _cut(bench.printed))

    def _untried(self, status: Status, message: str, printed: str) -> Marked:
        outcomes = {name: Outcome(Verdict.FAILED, NOT_IMPORTED) for name in self.declared}
        return Marked(status, outcomes, message, printed)

    def _settled(self, name: str, outcomes: Mapping[str, Outcome]) -> Outcome | None:
        """The outcome of a test that need not, or must not, be run."""
        test = self.declared[name]
        if test.fault:
            return Outcome(Verdict.BROKEN, test.fault)
        for need in test.needs:
            if need not in self.declared:
                return Outcome(Verdict.BROKEN, f"it needs `{need}`, which does not exist")
            outcome = outcomes.get(need)
            if outcome is None or outcome.verdict is not Verdict.PASSED:
                return Outcome(Verdict.BLOCKED, f"Waits for: {self.declared[need].title}")
        return None

    def _outcome(self, items: Sequence[pytest.Function], bench: Bench) -> Outcome:
        """One promise; where the test has parameters, it is kept when it is kept for all of them."""
        limits = self._exercise.limits
        before, printed, kept = bench.spent, [], []
        for item in items:
            if bench.spent >= limits.total_seconds:
                return Outcome(Verdict.FAILED, NO_TIME.format(seconds=limits.total_seconds))
            error = self._run(item)
            if error is not None and bench.wants_smaller:
                error = self._smaller(item, error, bench)
            if bench.failure and bench.wants_smaller and bench.was_cut_short:
                bench.failure = replace(bench.failure, is_cut_short=True)
            printed.append(bench.printed)
            if error is not None:
                verdict, message = self._judged(item, error, bench)
                break
            kept += [bench.tape] if bench.has_small_tape else []
        else:
            verdict, message = Verdict.PASSED, None
        for failure in (bench.failure, *bench.others):
            if failure:
                failure.let_go()
        is_failed = verdict is Verdict.FAILED
        tried = Tried(
            bench.failure if is_failed else None,
            tuple(bench.others) if is_failed else (),
            (*kept, *bench.kept),
        )
        return Outcome(verdict, message, tried, bench.spent - before, _cut("".join(printed)))

    def _smaller(self, item: pytest.Function, error: BaseException, bench: Bench) -> BaseException:
        """What the test raises on a smaller example, if one is found; else what it raised."""
        found, others, kept, printed = bench.failure, bench.others, bench.kept, bench.printed
        with bench.searching():
            smaller = self._search(item)
        # What the search has tried are variants of one example.
        bench.others, bench.kept, seen = others, kept, bench.failure
        if smaller and found and seen and seen.size <= found.size:
            bench.others = [*others, found]
            return smaller
        bench.failure, bench.printed = found, printed
        return error

    def _judged(self, item: pytest.Function, error: BaseException, bench: Bench) -> tuple[Verdict, str]:
        failure = bench.failure
        if failure is not None and isinstance(failure.error, THEIRS):
            return Verdict.FAILED, self._told(failure, bench)
        if isinstance(error, pytest.skip.Exception | pytest.xfail.Exception):
            return Verdict.BROKEN, "it skips itself, which a graded test may not do"
        if failure is not None and self._is_content_with_reference(item, bench):
            # A value so odd that the test stumbled over it; the author's own solution passes.
            return Verdict.FAILED, self._told(failure, bench)
        return Verdict.BROKEN, f"it raised {type(error).__name__}"

    def _told(self, failure: Failure, bench: Bench) -> str:
        return wording.message(failure, self._exercise, bench.source, bench.others)

    def _is_content_with_reference(self, item: pytest.Function, bench: Bench) -> bool:
        path = self._exercise.reference
        if path is None or not path.exists():
            return True
        self.bench = bench.with_source(read_source(path))
        try:
            return self._run(item) is None
        finally:
            self.bench.end_worker()
            self.bench = bench


def _cut(printed: str) -> str:
    """So much of it as is shown; what is harmless in pieces may be a command when they are put together."""
    return printable(printed[:MAX_PRINTED])
