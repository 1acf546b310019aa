"""Keeps the tests of an exercise collected, to mark one submission after another with them."""

import atexit
import contextlib
import io
import os
import queue
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest
from hypothesis.configuration import set_hypothesis_home_dir

from grader.engine import plugin, record
from grader.engine.bench import SHRINK_SECONDS, Bench
from grader.engine.declared import Declared, name_of
from grader.engine.decoy import Decoy
from grader.engine.replay import Replay
from grader.engine.run import Marked, Run
from grader.errors import ContentError, Finding
from grader.model.exercise import Exercise
from grader.sandbox.client import Sandbox
from grader.submission import Source, read_source

PYTEST_VARIABLES = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")
LEAVE_SECONDS = 0.5
"""Whoever leaves by an error does not wait for a submission that is being tried."""
SAFE_ERRORS = ("SyntaxError", "IndentationError", "ImportError", "ModuleNotFoundError", "NameError", "Exit")
"""Their text says what is wrong with a file, and holds none of its values."""
CONFIGURATION = Path(__file__).with_name("pytest.ini")


class Session:
    """A run of pytest that waits between its collection and its end; a context manager.

    It lives in a thread of its own, since pytest's loop over the tests does not return before all is done.

    Raises:
        ContentError: the tests cannot be collected.
    """

    def __init__(
        self,
        exercise: Exercise,
        sandbox: Sandbox,
        *,
        hidden_only: bool = False,
        shrink_seconds: float = SHRINK_SECONDS,
    ) -> None:
        self._exercise = exercise
        self._sandbox = sandbox
        self._shrink_seconds = shrink_seconds
        self._asked: queue.SimpleQueue[Source | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Marked | BaseException | None] = queue.SimpleQueue()
        self._replay = Replay(self._current_bench)
        self._hooks = _Hooks(
            exercise, self._serve, self._replay, self._current_bench, hidden_only=hidden_only
        )
        self._thread = threading.Thread(target=self._main, name=f"tests of {exercise.id}", daemon=True)

    @property
    def tests(self) -> tuple[Declared, ...]:
        """What the exercise promises, in the order of its files."""
        return tuple(self._hooks.run.declared.values()) if self._hooks.run else ()

    def mark(self, source: Source) -> Marked:
        """How a submission fares: an outcome for each declared test."""
        self._asked.put(source)
        marked = self._answer()
        if marked is None:
            raise RuntimeError("pytest ended before the submission was marked")
        return marked

    def __enter__(self) -> Self:
        self._thread.start()
        self._answer()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with _staying():
            self._asked.put(None)
            self._thread.join(None if error is None else LEAVE_SECONDS)

    def _answer(self) -> Marked | None:
        with _quiet():
            answer = self._answers.get()
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _current_bench(self, _: pytest.Item) -> Bench:
        run = self._hooks.run
        if run is None or run.bench is None:
            raise RuntimeError("no submission is on the bench")
        return run.bench

    # --- in the thread -------------------------------------------------------------------------------------

    def _main(self) -> None:
        arguments = [
            *("-c", str(CONFIGURATION), "--rootdir", str(self._exercise.folder.parent.parent)),
            *("--import-mode=importlib", "--assert=plain", "--noconftest", "--disable-plugin-autoload"),
            *("-p", "no:cacheprovider", "-p", "no:terminal", "-p", "no:capture", "--strict-markers"),
            *("-p", "grader.engine.plugin", *map(str, self._exercise.test_files)),
        ]
        try:
            with _alone():
                code = pytest.main(arguments, plugins=[self._hooks, self._replay])
        except BaseException as error:  # whoever waits for an answer gets it
            self._answers.put(error)
            return
        finally:
            self._hooks.forget_modules()
        self._answers.put(self._hooks.error() or RuntimeError(f"pytest ended with {code!r}"))

    def _serve(self, run: Run) -> None:
        """Answers until nothing more is asked."""
        self._prepare(run)
        self._answers.put(None)
        while (source := self._asked.get()) is not None:
            try:
                bench = Bench(self._exercise, source, self._sandbox, shrink_seconds=self._shrink_seconds)
                self._answers.put(run.mark(bench))
            except BaseException as error:
                self._answers.put(error)

    def _prepare(self, run: Run) -> None:
        """Sees to it that the examples are at hand."""
        path = self._exercise.reference
        if path is None or not path.exists():
            return
        known = record.load(self._exercise)
        if known is not None:
            self._replay.record = known
            return
        source = read_source(path)

        def runs(item: pytest.Function, kind: type[Bench]) -> bool:
            run.bench = kind(self._exercise, source, self._sandbox, shrink_seconds=0)
            try:
                return self._hooks.run_item(item) is None
            finally:
                run.bench.end_worker()

        passes, strays = partial(runs, kind=Bench), partial(runs, kind=Decoy)
        self._replay.draw(self._hooks.items, passes, strays)
        record.save(self._exercise, self._replay.record)


def mark_all(
    exercise: Exercise, sources: Sequence[Source], sandbox: Sandbox, **options: Any
) -> tuple[tuple[Declared, ...], list[Marked]]:
    """The declared tests of an exercise, and how each of the submissions fared; `options` as of `Session`.

    Raises:
        ContentError: the tests cannot be collected.
    """
    with Session(exercise, sandbox, **options) as session:
        return session.tests, [session.mark(source) for source in sources]


class _Hooks:
    """What this package decides in pytest's run: which submission is tried, and what the loop does."""

    def __init__(
        self,
        exercise: Exercise,
        serve: Callable[[Run], None],
        replay: Replay,
        bench_of: Callable[[pytest.Item], Bench],
        *,
        hidden_only: bool,
    ) -> None:
        self.run: Run | None = None
        self.items: list[pytest.Function] = []
        self._exercise = exercise
        self._serve = serve
        self._replay = replay
        self._bench_of = bench_of
        self._hidden_only = hidden_only
        self._findings: list[Finding] = []
        self._escaped: BaseException | None = None
        self._raised: BaseException | None = None

    def error(self) -> BaseException | None:
        """Why the tests cannot be used."""
        return ContentError(self._findings) if self._findings else self._escaped

    def forget_modules(self) -> None:
        """Lets another course import tests of the same names."""
        files = {str(path) for path in self._exercise.test_files}
        for name, module in list(sys.modules.items()):
            if getattr(module, "__file__", None) in files:
                del sys.modules[name]

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[plugin.BENCHES] = self._bench_of
        # Nobody reads how pytest words a failure, which by default takes it as long as the test.
        config.option.tbstyle = "native"

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            path = self._exercise.folder.parent.parent / report.fspath
            told = str(report.longrepr).strip()
            line = re.search(rf'{re.escape(path.name)}(?:", line |:)(\d+)', told)
            what = told.splitlines()[-1].removeprefix("E").strip()
            kind = what.partition(":")[0]
            if path == self._exercise.hidden_tests and not kind.endswith(SAFE_ERRORS):
                what = kind  # the rest may quote what no student may read
            cure = f"run `pytest {report.fspath}` to see the whole error"
            number = int(line[1]) if line else 1
            self._findings.append(Finding(path, number, 1, "tests-unreadable", what, cure))

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        self._note_escape(excinfo)

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        self._note_escape(excinfo)
        return True  # pytest need not print it: the caller gets it

    def _note_escape(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """What leaves pytest's loop must not pass for a result; a test file that exits is a finding."""
        places = [(Path(entry.path), entry.lineno + 1) for entry in excinfo.traceback]
        places = [place for place in places if place[0] in self._exercise.test_files]
        if not places or isinstance(excinfo.value, KeyboardInterrupt):
            self._escaped = excinfo.value
            return
        what = f"{excinfo.typename} leaves the file while it is imported"
        cure = "let a test file define tests and do nothing else"
        self._findings.append(Finding(*places[-1], 1, "tests-unreadable", what, cure))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Runs the tests for whatever submission is asked for, in the place of once."""
        self.items = [item for item in session.items if isinstance(item, pytest.Function)]
        items: dict[str, list[pytest.Function]] = {}
        for item in self.items:
            items.setdefault(name_of(item), []).append(item)
        self.run = Run(self._exercise, items, self.run_item, self._search, hidden_only=self._hidden_only)
        self.forget_modules()
        self._findings = self._findings or list(self._pointless(self.run))
        if not self._findings:
            self._serve(self.run)
        return True

    def _pointless(self, run: Run) -> Iterator[Finding]:
        """Who holds the solution must not take public tests, which anybody can satisfy, for the marking."""
        path = self._exercise.hidden_tests
        if path is None or any(test.is_hidden and test.points > 0 for test in run.declared.values()):
            return
        what = "no hidden test carries points, so nothing can be earned"
        yield Finding(path, 1, 1, "no-hidden-tests", what, "write tests with `@pytest.mark.points(n)`")

    def run_item(self, item: pytest.Function) -> BaseException | None:
        """Runs one collected test through pytest's own protocol; returns what it raised."""
        self._raised = None
        try:
            item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        except pytest.exit.Exception as error:
            return error
        return self._raised

    def _search(self, item: pytest.Function) -> BaseException | None:
        if item.nodeid not in self._replay.record:
            return None
        self._replay.is_off = True
        try:
            return self.run_item(item)
        finally:
            self._replay.is_off = False

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        if call.excinfo is not None:
            self._raised = self._raised or call.excinfo.value
        return (yield)


@cache
def _hypothesis_home() -> str:
    """A folder for as long as this process lives: what Hypothesis keeps there is slow to make again."""
    folder = tempfile.mkdtemp(prefix="grade-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@contextmanager
def _alone() -> Iterator[None]:
    """Keeps out what lies around.

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


@contextmanager
def _staying() -> Iterator[None]:
    """Stays in the current folder: pytest goes back to the one that it was started in."""
    try:
        here = contextlib.chdir(Path.cwd())
    except FileNotFoundError:  # it is gone, and nothing to come back to
        yield
        return
    with here:
        yield


@contextmanager
def _quiet() -> Iterator[None]:
    """What tests print is of no interest, and would spoil a report that is printed."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield


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
