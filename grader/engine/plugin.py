"""The pytest plugin: `student`, `reference` and the markers of a graded test.

`pytest solutions/NAME` holds the reference against its own tests, `pytest exercises/NAME` the working copy;
`--submission PATH` anything else. Tests that ask for neither fixture never notice the plugin.
"""

from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from grader.course import read_exercise
from grader.engine.bench import Bench
from grader.engine.declared import MARKERS, is_in_sight, limits_of
from grader.engine.examples import SearchOver, profile, watch
from grader.engine.reference import Reference, load_reference
from grader.engine.student import Student
from grader.errors import ContentError, UsageError
from grader.model.exercise import Exercise
from grader.sandbox.client import Sandbox
from grader.submission import read_submission
from grader.testing.ahead import prepared_by

BENCHES = pytest.StashKey[Callable[[pytest.Item], Bench]]()
"""Who tells which submission a test is for: here, or `grader.engine.run`."""
STUDENT = pytest.StashKey[Student]()
GRADED_FILES = ("test_public.py", "test_hidden.py")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("grade").addoption(
        "--submission", type=Path, help="what an exercise's tests are run against (default: the reference)"
    )


def pytest_configure(config: pytest.Config) -> None:
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    config.stash[STUDENT] = Student()
    benches: Callable[[pytest.Item], Bench] = _ByHand(config)
    config.stash[BENCHES] = benches


@pytest.fixture(scope="session")
def student(pytestconfig: pytest.Config) -> Student:
    """The submission: each attribute is one of its functions, run in the sandbox."""
    return pytestconfig.stash[STUDENT]


@pytest.fixture(scope="module")
def reference(request: pytest.FixtureRequest) -> Reference:
    """The reference solution, in this process."""
    folder: Path = request.path.parent
    return Reference(load_reference(folder / f"{folder.name}.py"))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """An author's `@settings(…)` takes what it leaves open from the profile in force at import."""
    if collector.path.name not in GRADED_FILES:
        return (yield)
    with profile():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Puts the submission on the bench for the time of one test."""
    if not is_graded(item):
        return (yield)
    with profile():
        return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if not is_graded(item):
        return
    bench = item.config.stash[BENCHES](item)
    item.config.stash[STUDENT].put(bench)
    bench.open_test(limits_of(item, bench.exercise.limits), in_sight=is_in_sight(item))
    _watch(item, lambda: item.config.stash[BENCHES](item))


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    if is_graded(item):
        item.config.stash[BENCHES](item).close_test()
        item.config.stash[STUDENT].put(None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Shows the failure that the bench kept, the smallest, in the place of the last."""
    if not is_graded(item):
        return (yield)
    try:
        with prepared_by(item.config.stash[BENCHES](item).dialogue.prepare):
            return (yield)
    except SearchOver as over:
        failure = item.config.stash[BENCHES](item).failure
        raise (failure.error if failure else over) from None


def pytest_unconfigure(config: pytest.Config) -> None:
    benches = config.stash.get(BENCHES, None)
    if isinstance(benches, _ByHand):
        benches.close()


def is_graded(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and "student" in item.fixturenames


def _watch(item: pytest.Item, bench: Callable[[], Bench]) -> None:
    """Lets the bench see each example of a test, however often the test is run."""
    if not isinstance(item, pytest.Function):
        return
    # `hypothesis.inner_test` is Hypothesis's own door for plugins that wrap what it runs.
    handle = getattr(item.obj, "hypothesis", None)
    if handle is None:
        item.obj = watch(item.obj, bench)
    else:
        handle.inner_test = watch(handle.inner_test, bench)


class _ByHand:
    """Finds the submission for a test that somebody runs with pytest itself."""

    def __init__(self, config: pytest.Config) -> None:
        self._path: Path | None = config.getoption("--submission")
        self._benches: dict[Path, Bench] = {}
        self._sandbox: Sandbox | None = None

    def __call__(self, item: pytest.Item) -> Bench:
        folder = item.path.parent
        if folder not in self._benches:
            self._sandbox = self._sandbox or Sandbox()
            exercise = _exercise_of(folder)
            source = read_submission(self._path or folder / f"{folder.name}.py", exercise.id)
            if source is None:
                raise UsageError(f"`{self._path}` holds nothing for `{exercise.id}`")
            self._benches[folder] = Bench(exercise, source, self._sandbox)
        return self._benches[folder]

    def close(self) -> None:
        for bench in self._benches.values():
            bench.end_worker()
        if self._sandbox:
            self._sandbox.close()


def _exercise_of(folder: Path) -> Exercise:
    exercise, findings = read_exercise(folder.parent.parent / "exercises" / folder.name)
    if exercise is None or findings:
        raise ContentError(findings)
    return exercise
