"""Runs a property on the examples that were drawn for the reference, in the place of drawing them again."""

import copy
import functools
import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from hypothesis import strategies as st

from grader.engine.ahead import Notes
from grader.engine.bench import Bench
from grader.engine.record import Example, NotPlain, Record, example

Body = Callable[..., None]
Passes = Callable[[pytest.Function], bool]
BenchOf = Callable[[pytest.Item], Bench]


class NotRecorded(BaseException):
    """A test draws more than was recorded; not an `Exception`, which would count as a broken promise."""


class Replay:
    """The part of a run of pytest that decides which examples a test sees: a plugin of it."""

    def __init__(self, bench_of: BenchOf) -> None:
        self.record: Record = {}
        self.is_off = False
        self._bench_of = bench_of
        self._noting: dict[str, list[Example] | None] | None = None

    def draw(self, items: Sequence[pytest.Function], passes: Passes) -> None:
        """Takes the examples that Hypothesis draws for the properties among the tests, the smallest first.

        `passes` runs a test with the reference in the student's place. A property that it does not pass, or
        does not pass again on the examples noted, goes on drawing.
        """
        self.record = {}
        drawn: dict[str, Sequence[Example]] = {}
        for item in items:
            noted = self._noted(item, passes)
            if noted:
                drawn[item.nodeid] = sorted(dict.fromkeys(noted), key=lambda one: one.size)
        self.record = drawn
        self.record = {
            item.nodeid: drawn[item.nodeid] for item in items if item.nodeid in drawn and passes(item)
        }

    def _noted(self, item: pytest.Function, passes: Passes) -> list[Example] | None:
        """What a test does with the reference; None where that cannot be kept."""
        noted = self._noting = {}
        try:
            if not passes(item):
                return None
        finally:
            self._noting = None
        if _is_property(item):
            return noted.get(item.nodeid)
        notes = self._bench_of(item).notes
        return [example({}, [], notes.script())] if notes else None

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        """Calls the test; None leaves it to pytest, and a property to Hypothesis."""
        if "student" not in pyfuncitem.fixturenames:
            return None
        bench = self._bench_of(pyfuncitem)
        if self._noting is not None:
            bench.notes = Notes()
            if _is_property(pyfuncitem):
                _note(pyfuncitem, self._noting, bench)
            return None
        examples = self.record.get(pyfuncitem.nodeid)
        if examples is None or self.is_off:
            return None
        bench.foresee([one.script for one in examples])
        if not _is_property(pyfuncitem):
            return None
        try:
            _run_on(pyfuncitem, examples)
        except NotRecorded:
            bench.foresee([])
            return None
        return True


def _is_property(item: pytest.Function) -> bool:
    return hasattr(item.obj, "hypothesis") and item.instance is None


def _run_on(item: pytest.Function, examples: Sequence[Example]) -> None:
    body = item.obj.hypothesis.inner_test
    names = inspect.signature(body).parameters
    for one in examples:
        arguments, draws = one.drawn()
        later = _Redrawn(iter(draws))
        body(**{name: arguments.get(name, item.funcargs.get(name, later)) for name in names})


def _note(item: pytest.Function, noted: dict[str, list[Example] | None], bench: Bench) -> None:
    """Lets the body of a property note the examples that it is content with."""
    examples: list[Example] = []
    noted[item.nodeid] = examples
    body: Body = item.obj.hypothesis.inner_test

    @functools.wraps(body)
    def noting(**named: Any) -> None:
        draws: list[Any] = []
        drawn = {name: value for name, value in named.items() if name not in item.funcargs}
        data = {
            name: _Noted(value, draws) for name, value in drawn.items() if isinstance(value, st.DataObject)
        }
        # Copied before the body runs, which may change them.
        plain = copy.deepcopy({name: value for name, value in drawn.items() if name not in data})
        bench.notes = Notes()
        body(**{**named, **data})
        try:
            examples.append(example(plain, draws, bench.notes.script()))
        except NotPlain:
            noted[item.nodeid] = None

    item.obj.hypothesis.inner_test = noting


class _Noted:
    """Hypothesis's `data`, noting what it draws."""

    def __init__(self, data: Any, draws: list[Any]) -> None:
        self._data = data
        self._draws = draws

    def draw(self, strategy: st.SearchStrategy[Any], label: Any = None) -> Any:
        value = self._data.draw(strategy, label)
        self._draws.append(copy.deepcopy(value))
        return value


class _Redrawn:
    """In the place of Hypothesis's `data`: draws again what was noted."""

    def __init__(self, values: Iterator[Any]) -> None:
        self._values = values

    def draw(self, strategy: object, label: object = None) -> Any:
        for value in self._values:
            return value
        raise NotRecorded
