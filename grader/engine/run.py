"""Marks submissions of one exercise with its tests, collected once."""

import atexit
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis.configuration import set_hypothesis_home_dir

from grader.engine import plugin, wording
from grader.engine.bench import SHRINK_SECONDS, Bench, Failure, MissingFunctionError
from grader.engine.declared import Declared, declared, name_of
from grader.errors import ContentError, Finding
from grader.model.exercise import Exercise
from grader.model.report import Status, Verdict
from grader.sandbox.client import Sandbox
from grader.sandbox.failures import StudentError, Unsendable, WorkerLost
from grader.sandbox.text import printable
from grader.submission import Source, read_source
from grader.testing import Mismatch

THEIRS = (Mismatch, StudentError, Unsendable, WorkerLost, MissingFunctionError)
"""What a submission is charged with at once; anything else that a test raises may be the test's own fault."""
MAX_PRINTED = 4_000
TEST_MODULES = ("test_public", "test_hidden")
PYTEST_VARIABLES = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")
CONFIGURATION = Path(__file__).with_name("pytest.ini")

NOT_IMPORTED = "Not tried, because the submission could not be imported."
NO_TIME = "Not tried, because the time for the whole exercise ({seconds:g} s) was used up."


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one promise fared; `failure` is the smallest example that broke it.

    `message` is a sentence for the student; of a broken test, half a sentence about what is wrong with it.
    """

    verdict: Verdict
    message: str | None = None
    failure: Failure | None = None
    seconds: float = 0.0
    printed: str = ""


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


def mark(
    exercise: Exercise,
    sources: Sequence[Source],
    sandbox: Sandbox,
    *,
    hidden_only: bool = False,
    shrink_seconds: float = SHRINK_SECONDS,
) -> tuple[tuple[Declared, ...], list[Marked]]:
    """The declared tests of an exercise, and how each of the submissions fared.

    With `hidden_only`, only the hidden tests are run, with what they need.

    Raises:
        ContentError: the tests cannot be collected.
    """
    benches = [Bench(exercise, source, sandbox, shrink_seconds=shrink_seconds) for source in sources]
    run = _Run(exercise, benches, hidden_only=hidden_only)
    arguments = [
        *("-c", str(CONFIGURATION), "--rootdir", str(exercise.folder.parent.parent)),
        *("--import-mode=importlib", "--assert=plain", "--noconftest", "--disable-plugin-autoload"),
        *("-p", "no:cacheprovider", "-p", "no:terminal", "-p", "grader.engine.plugin", "--strict-markers"),
        *(str(file) for file in exercise.test_files),
    ]
    with _alone(exercise):
        code = pytest.main(arguments, plugins=[run])
    if run.findings:
        raise ContentError(run.findings)
    if run.escaped:
        raise run.escaped
    if len(run.marked) != len(sources):
        raise RuntimeError(f"pytest ended with {code!r} before all submissions were marked")
    return tuple(run.declared.values()), run.marked


@cache
def _hypothesis_home() -> str:
    """A folder for as long as this process lives: what Hypothesis keeps there is slow to make again."""
    folder = tempfile.mkdtemp(prefix="grade-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@contextmanager
def _alone(exercise: Exercise) -> Iterator[None]:
    """Keeps out what lies around, and lets go of the tests: another course has others.

    That is the caller's own options of pytest, and what Hypothesis would read from the current folder, which
    may be a student's.
    """
    options = {name: os.environ.pop(name) for name in PYTEST_VARIABLES if name in os.environ}
    try:
        set_hypothesis_home_dir(_hypothesis_home())
        yield
    finally:
        set_hypothesis_home_dir(None)
        os.environ.update(options)
        course = str(exercise.folder.parent.parent)
        for name, module in list(sys.modules.items()):
            if str(getattr(module, "__file__", None)).startswith(course) and name.endswith(TEST_MODULES):
                del sys.modules[name]


class _Run:
    """The part of pytest's run that this package decides: the order, the loop, the verdicts."""

    def __init__(self, exercise: Exercise, benches: Sequence[Bench], *, hidden_only: bool) -> None:
        self.declared: dict[str, Declared] = {}
        self.findings: list[Finding] = []
        self.marked: list[Marked] = []
        self.escaped: BaseException | None = None
        self._exercise = exercise
        self._benches = benches
        self._hidden_only = hidden_only
        self._bench: Bench | None = None
        self._error: BaseException | None = None

    # --- hooks ---------------------------------------------------------------------------------------------

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[plugin.BENCHES] = self._current_bench

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            path = self._exercise.folder.parent.parent / report.fspath
            told = str(report.longrepr).strip()
            line = re.search(rf'{re.escape(path.name)}(?:", line |:)(\d+)', told)
            what = told.splitlines()[-1].removeprefix("E").strip()
            cure = f"run `pytest {report.fspath}` to see the whole error"
            number = int(line[1]) if line else 1
            self.findings.append(Finding(path, number, 1, "tests-unreadable", what, cure))

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        self._note_escape(excinfo)

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        self._note_escape(excinfo)
        return True  # pytest need not print it: the caller of `mark` gets it

    def _note_escape(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """What leaves pytest's loop must not pass for a result; a test file that exits is a finding."""
        places = [(Path(entry.path), entry.lineno + 1) for entry in excinfo.traceback]
        places = [place for place in places if place[0] in self._exercise.test_files]
        if not places or isinstance(excinfo.value, KeyboardInterrupt):
            self.escaped = excinfo.value
            return
        what = f"{excinfo.typename} leaves the file while it is imported"
        cure = "let a test file define tests and do nothing else"
        self.findings.append(Finding(*places[-1], 1, "tests-unreadable", what, cure))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Runs all tests for one submission after another; a test never sees more than one."""
        groups: dict[str, list[pytest.Function]] = {}
        for item in session.items:
            if isinstance(item, pytest.Function):
                groups.setdefault(name_of(item), []).append(item)
        self.declared = {name: declared(items) for name, items in groups.items()}
        self.findings = self.findings or list(self._pointless())
        if not self.findings:
            self.marked = [self._mark(bench, groups) for bench in self._benches]
        return True

    def _pointless(self) -> Iterator[Finding]:
        """Who holds the solution must not take public tests, which anybody can satisfy, for the marking."""
        path = self._exercise.hidden_tests
        if path is None or any(test.is_hidden and test.points > 0 for test in self.declared.values()):
            return
        what = "no hidden test carries points, so nothing can be earned"
        yield Finding(path, 1, 1, "no-hidden-tests", what, "write tests with `@pytest.mark.points(n)`")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        if call.excinfo is not None:
            self._error = self._error or call.excinfo.value
        return (yield)

    # --- one submission ------------------------------------------------------------------------------------

    def _current_bench(self, _: pytest.Item) -> Bench:
        if self._bench is None:
            raise RuntimeError("no submission is on the bench")
        return self._bench

    def _mark(self, bench: Bench, groups: Mapping[str, Sequence[pytest.Function]]) -> Marked:
        self._bench = bench
        refused = self._refused(bench)
        if refused:
            return refused
        printed = _cut(bench.printed)
        outcomes: dict[str, Outcome] = {}
        for name in self._in_order():
            outcomes[name] = self._settled(name, outcomes) or self._outcome(groups[name], bench)
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

        in_sight_first = sorted(self.declared, key=lambda name: not self.declared[name].is_visible)
        for name in in_sight_first:
            if self.declared[name].is_hidden or not self._hidden_only:
                add(name, frozenset())
        return list(ordered)

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
        before, printed = bench.spent, []
        for item in items:
            if bench.spent >= limits.total_seconds:
                return Outcome(Verdict.FAILED, NO_TIME.format(seconds=limits.total_seconds))
            error = self._run(item)
            printed.append(bench.printed)
            if error is not None:
                verdict, message = self._judged(item, error, bench)
                break
        else:
            verdict, message = Verdict.PASSED, None
        return Outcome(
            verdict,
            message,
            failure=bench.failure if verdict is Verdict.FAILED else None,
            seconds=bench.spent - before,
            printed=_cut("".join(printed)),
        )

    def _run(self, item: pytest.Function) -> BaseException | None:
        """Runs one collected test through pytest's own protocol; returns what it raised."""
        self._error = None
        try:
            item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        except pytest.exit.Exception as error:
            return error
        return self._error

    def _judged(self, item: pytest.Function, error: BaseException, bench: Bench) -> tuple[Verdict, str]:
        failure = bench.failure
        if failure is not None and isinstance(failure.error, THEIRS):
            return Verdict.FAILED, wording.message(failure, self._exercise, bench.source)
        if isinstance(error, pytest.skip.Exception | pytest.xfail.Exception):
            return Verdict.BROKEN, "it skips itself, which a graded test may not do"
        if failure is not None and self._is_content_with_reference(item, bench):
            # A value so odd that the test stumbled over it; the author's own solution passes.
            return Verdict.FAILED, wording.message(failure, self._exercise, bench.source)
        return Verdict.BROKEN, f"it raised {type(error).__name__}"

    def _is_content_with_reference(self, item: pytest.Function, bench: Bench) -> bool:
        path = self._exercise.reference
        if path is None or not path.exists():
            return True
        self._bench = bench.with_source(read_source(path))
        try:
            return self._run(item) is None
        finally:
            self._bench = bench


def _cut(printed: str) -> str:
    """So much of it as is shown; what is harmless in pieces may be a command when they are put together."""
    return printable(printed[:MAX_PRINTED])


RULES = {
    "tests-unreadable": """\
What: pytest cannot collect the tests of an exercise.
Why: an exercise without its tests would give points for nothing.
Cure: run pytest on the file named to see the whole error.""",
    "no-hidden-tests": """\
What: there is a solution, but no hidden test that carries points.
Why: whoever marks with it would report 0 of 0 points, and nobody would notice that the tests are gone.
Cure: write `test_hidden.py` beside the solution, with `@pytest.mark.points(n)` on its tests.""",
}
"""The pages of the rules of this module, for `grade explain`."""
