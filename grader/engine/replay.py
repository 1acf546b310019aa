"""Runs a property on the examples that were drawn for the reference, in the place of drawing them again."""

import copy
import functools
import inspect
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import strategies as st

from grader.engine.ahead import Notes, Script
from grader.engine.bench import Bench
from grader.engine.decoy import garbled, without_hints
from grader.engine.examples import SearchOver
from grader.engine.familiar import Familiar, digest
from grader.engine.record import Example, NotPlain, Record, example
from grader.engine.reference import Reference
from grader.testing.judging import lenient

Body = Callable[..., None]
Runs = Callable[[pytest.Function], bool]
BenchOf = Callable[[pytest.Item], Bench]

LOOKS = 20
"""Examples that are tried after one has broken the promise."""
LOOK_SECONDS = 0.5
"""For all of them."""


class NotRecorded(BaseException):
    """A test draws more than was recorded; not an `Exception`, which would count as a broken promise."""


class Replay:
    """The part of a run of pytest that decides which examples a test sees: a plugin of it."""

    def __init__(self, bench_of: BenchOf) -> None:
        self._record: Record = {}
        self._familiar: dict[str, Familiar] = {}
        self.is_off = False
        self._bench_of = bench_of
        self._noting: dict[str, list[Example] | None] | None = None
        self._taken: _Taken | None = None
        self._strayed: list[Script] | None = None

    @property
    def record(self) -> Record:
        """The examples that each test sees; one that is not there draws its own."""
        return self._record

    @record.setter
    def record(self, record: Record) -> None:
        self._record = record
        self._familiar = {
            name: Familiar([one.familiar for one in examples]) for name, examples in record.items()
        }

    def draw(self, items: Sequence[pytest.Function], passes: Runs, strays: Runs) -> None:
        """Takes the examples that Hypothesis draws for the properties among the tests, the smallest first.

        `passes` runs a test with the reference in the student's place, `strays` with other results of the
        same form. A property that does not pass, or not again on the examples noted, goes on drawing.
        """
        self.record = {}
        drawn: dict[str, Sequence[Example]] = {}
        for item in items:
            noted = self._noted(item, passes)
            if noted:
                self.record = {item.nodeid: sorted(dict.fromkeys(noted), key=lambda one: one.size)}
                drawn[item.nodeid] = self._without_hints(item, strays)
        self.record = drawn
        kept = [item.nodeid for item in items if item.nodeid in drawn and passes(item)]
        self.record = {name: self._made_familiar(name) for name in kept}

    def _made_familiar(self, name: str) -> list[Example]:
        """The examples of a test that has just passed, with the answers that they were content with."""
        familiar = self._familiar[name]
        return [replace(one, familiar=familiar.first(place)) for place, one in enumerate(self.record[name])]

    def _without_hints(self, item: pytest.Function, strays: Runs) -> list[Example]:
        """The examples of a test; their scripts end where they would tell what a call should return."""
        examples = self.record[item.nodeid]
        strayed: list[Script] = []
        self._strayed = strayed
        try:
            strays(item)
        finally:
            self._strayed = None
        strayed += [Script()] * (len(examples) - len(strayed))
        scripts = without_hints([one.script for one in examples], strayed)
        return [replace(one, script=script) for one, script in zip(examples, scripts, strict=True)]

    def _noted(self, item: pytest.Function, passes: Runs) -> list[Example] | None:
        """What a test does with the reference; None where that cannot be kept."""
        noted = self._noting = {}
        self._taken = None
        try:
            if not passes(item):
                return None
        finally:
            self._noting = None
        if _is_property(item):
            return noted.get(item.nodeid)
        return [self._taken.example({}, [])] if self._taken else None

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        """Calls the test; None leaves it to pytest, and a property to Hypothesis."""
        if "student" not in pyfuncitem.fixturenames:
            return None
        bench = self._bench_of(pyfuncitem)
        if self._noting is not None:
            self._taken = _Taken(pyfuncitem, bench)
            if _is_property(pyfuncitem):
                _note(pyfuncitem, self._noting, bench)
            return None
        examples = self.record.get(pyfuncitem.nodeid)
        if examples is None or self.is_off:
            _know(pyfuncitem, None)
            return None
        if self._strayed is not None:
            self._strayed += _strayed(pyfuncitem, examples, bench)
            return True
        bench.dialogue.foresee([one.script for one in examples])
        _know(pyfuncitem, examples[0])
        if not _is_property(pyfuncitem):
            return None
        try:
            _run_on(pyfuncitem, examples, bench, self._familiar[pyfuncitem.nodeid])
        except NotRecorded:
            bench.dialogue.foresee([])
            _know(pyfuncitem, None)
            return None
        return True


def _is_property(item: pytest.Function) -> bool:
    return hasattr(item.obj, "hypothesis") and item.instance is None


def _run_on(item: pytest.Function, examples: Sequence[Example], bench: Bench, familiar: Familiar) -> None:
    """Runs a property on its examples, but for those whose answers have kept its promise before.

    The last is run in any case: what was asked in it is kept to be looked at.
    """
    names = _names(item)
    for place, one in enumerate(examples):
        answers = digest(bench.next_answers())
        if place < len(examples) - 1 and familiar.has(place, answers):
            bench.dialogue.pass_example()
            continue
        try:
            _run_one(item, one, names)
        except (Exception, SearchOver):
            _look_on(item, examples[place + 1 :], bench)
            raise
        familiar.add(place, answers)


def _look_on(item: pytest.Function, rest: Sequence[Example], bench: Bench) -> None:
    """Tries some of the examples that are left, of all sizes, for what else breaks the promise."""
    some = rest[:: max(1, -(-len(rest) // LOOKS))]
    until = time.monotonic() + LOOK_SECONDS
    names = _names(item)
    bench.dialogue.foresee([one.script for one in some])
    with bench.aside(LOOK_SECONDS), suppress(SearchOver, NotRecorded):
        for one in some:
            if time.monotonic() > until:
                return
            with suppress(Exception):
                _run_one(item, one, names)


def _run_one(item: pytest.Function, one: Example, names: Sequence[str]) -> None:
    body = item.obj.hypothesis.inner_test
    _know(item, one)
    arguments, draws = one.drawn()
    later = _Redrawn(iter(draws))
    body(**{name: arguments.get(name, item.funcargs.get(name, later)) for name in names})


def _names(item: pytest.Function) -> Sequence[str]:
    """The names of what the body of a test takes."""
    body = item.obj.hypothesis.inner_test if _is_property(item) else item.obj
    return list(inspect.signature(body).parameters)


def _strayed(item: pytest.Function, examples: Sequence[Example], bench: Bench) -> Iterator[Script]:
    """What each example calls, whatever comes of it."""
    reference = item.funcargs.get("reference")
    if isinstance(reference, Reference):
        reference.disguised(garbled)
    try:
        for one in examples:
            notes = bench.dialogue.notes = Notes()
            with lenient(), suppress(Exception, SearchOver, NotRecorded):
                _run_alone(item, one)
            yield notes.script()
    finally:
        if isinstance(reference, Reference):
            reference.disguised(None)


def _run_alone(item: pytest.Function, one: Example) -> None:
    if _is_property(item):
        _run_one(item, one, _names(item))
    else:
        item.obj(**{name: item.funcargs[name] for name in _names(item)})


def _know(item: pytest.Function, one: Example | None) -> None:
    """Tells the reference what it answers in an example."""
    reference = item.funcargs.get("reference")
    if isinstance(reference, Reference):
        reference.know(dict(one.answers) if one else {})


class _Taken:
    """What is taken down of one example."""

    def __init__(self, item: pytest.Function, bench: Bench) -> None:
        self._reference = item.funcargs.get("reference")
        self._notes = bench.dialogue.notes = Notes()
        if isinstance(self._reference, Reference):
            self._reference.note()

    def example(self, arguments: Mapping[str, Any], draws: Sequence[Any]) -> Example:
        answers = self._reference.noted() if isinstance(self._reference, Reference) else {}
        return example(arguments, draws, self._notes.script(), answers)


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
        taken = _Taken(item, bench)
        body(**{**named, **data})
        try:
            examples.append(taken.example(plain, draws))
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
