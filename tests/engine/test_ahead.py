"""The calls that a test is known to make are made ahead of it; whoever asks otherwise is asked live."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.course import load_exercises
from grader.engine import replay
from grader.engine.ahead import Ahead, Notes, Script, identical
from grader.engine.decoy import garbled, without_hints
from grader.engine.session import mark_all
from grader.model.exercise import Exercise
from grader.model.report import Verdict
from grader.sandbox.client import Sandbox, Worker, call_frame
from grader.sandbox.codec import Handle
from grader.sandbox.replies import Contract
from grader.submission import Source
from tests.conftest import append

HIDDEN = "solutions/toolbox/test_hidden.py"


@pytest.fixture
def exercise(small_course: Path) -> Exercise:
    (small_course / "solutions/toolbox/.record").unlink(missing_ok=True)
    return load_exercises(small_course)["toolbox"]


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The functions that are called one by one."""
    called: list[str] = []
    call = Worker.call

    def noting(self: Worker, function: str, *arguments: Any, **named: Any) -> Any:
        called.append(function)
        return call(self, function, *arguments, **named)

    monkeypatch.setattr(Worker, "call", noting)
    return called


def marked(exercise: Exercise, sandbox: Sandbox, *sources: Source) -> list[dict[str, Verdict]]:
    _, all_marked = mark_all(exercise, sources, sandbox, shrink_seconds=0)
    return [{name: outcome.verdict for name, outcome in one.outcomes.items()} for one in all_marked]


def test_right_code_is_asked_ahead(
    exercise: Exercise, sandbox: Sandbox, toolbox_reference: str, live: list[str]
) -> None:
    right = Source(toolbox_reference, "right")
    marked(exercise, sandbox, right)
    live.clear()
    (verdicts,) = marked(exercise, sandbox, right)
    assert set(verdicts.values()) == {Verdict.PASSED}
    # One is given a function and has to ask it, one what the call before returned.
    assert set(live) == {"climb", "join"}


PASSED_ON = """

@pytest.mark.points(1)
@FEW
@given(st.integers(1, 9))
def test_passed_on(student, n):
    'What comes back goes there again.'
    low, rest = student.split(n + 0.5)
    assert student.join(low, rest) == n + 0.5
"""


def test_who_gives_other_values_back_is_asked_live_from_there_on(
    exercise: Exercise, small_course: Path, sandbox: Sandbox, toolbox_reference: str, live: list[str]
) -> None:
    append(small_course / HIDDEN, PASSED_ON)
    odd = "def split(x): return int(x) - 1, {'rest': x - int(x) + 1}"
    other = Source(f"{toolbox_reference}\n{odd}\n", "odd")
    marked(exercise, sandbox, other)
    live.clear()
    (verdicts,) = marked(exercise, sandbox, other)
    # What it kept behind a handle is still there, although others were asked for before this was known.
    assert verdicts["test_passed_on"] is Verdict.PASSED
    assert live.count("join") == 9


EXPENSIVE = """

@pytest.mark.points(1)
def test_expensive(student, reference):
    'The reference is slow.'
    for n in (1.5, 2.5):
        assert student.split(n)[0] == int(reference.slow(n))
"""
SLOW = """
import time

def slow(x):
    time.sleep(0.002)
    with open({log!r}, "a") as log:
        log.write("asked ")
    return x
"""


def test_the_slow_answers_of_the_reference_are_looked_up(
    exercise: Exercise, small_course: Path, sandbox: Sandbox, toolbox_reference: str, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    append(small_course / HIDDEN, EXPENSIVE)
    append(small_course / "solutions/toolbox/toolbox.py", SLOW.format(log=str(log)))
    right = Source(toolbox_reference, "right")
    marked(exercise, sandbox, right)
    drawn = log.read_text()
    (verdicts,) = marked(exercise, sandbox, right)
    assert verdicts["test_expensive"] is Verdict.PASSED
    assert log.read_text() == drawn


GIVEN_AWAY = """

@pytest.mark.points(1)
@FEW
@given(st.integers(1, 9))
def test_given_away(student, n):
    'The second call is told what the first should have returned.'
    x = np.full(2, 3.0**n)
    y, _ = student.double(x)
    student.double(y)
    assert_close(y, 2 * x, name="y")
"""
SPY = """
import sys
import numpy as np

def double(x):
    frame = sys._getframe()
    while frame and "frames" not in frame.f_locals:
        frame = frame.f_back
    bodies = [bytes(body) for _, body in frame.f_locals["frames"]] if frame else []
    for body, following in zip(bodies, bodies[1:]):
        if body == x.tobytes():
            found = np.frombuffer(following)
            if len(found) == len(x):
                return found, float(found.sum())
    return x * 0, 0.0
"""


def test_nothing_is_sent_ahead_that_tells_a_result(
    exercise: Exercise, small_course: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(small_course / HIDDEN, GIVEN_AWAY)
    spy = Source(SPY, "spy")
    (verdicts,) = marked(exercise, sandbox, spy)
    assert verdicts["test_given_away"] is Verdict.FAILED
    # If it were sent, it could be read.
    (small_course / "solutions/toolbox/.record").unlink()
    monkeypatch.setattr(replay, "without_hints", lambda scripts, decoys: scripts)
    marked(exercise, sandbox, spy)
    (verdicts,) = marked(exercise, sandbox, spy)
    assert verdicts["test_given_away"] is Verdict.PASSED


class TestAhead:
    """Against a worker that only counts what it is sent."""

    class Counting:
        def __init__(self) -> None:
            self.awaited = 0
            self.lots: list[int] = []

        def send_ahead(self, frames: Sequence[bytes], *, deadline: float) -> None:
            self.awaited = len(frames)
            self.lots.append(len(frames))

    @staticmethod
    def script(*numbers: int, is_whole: bool = True) -> Script:
        calls = tuple(call_frame("f", [n], (), place) for place, n in enumerate(numbers))
        return Script(calls, is_whole)

    def follow(self, ahead: Ahead, worker: Any, *numbers: int) -> list[bool]:
        ahead.open_example()
        foreseen = []
        for n in numbers:
            foreseen.append(ahead.foresaw(worker, "f", [n], (), deadline=0.0))
            worker.awaited -= foreseen[-1]
        return foreseen

    def test_lots_grow_and_cross_examples(self) -> None:
        worker = self.Counting()
        ahead = Ahead([self.script(*range(10)) for _ in range(100)])
        for _ in range(100):
            assert all(self.follow(ahead, worker, *range(10)))
        assert worker.lots == [30, 60, 120, 250, 250, 250, 40]

    def test_it_ends_where_a_call_differs(self) -> None:
        worker = self.Counting()
        ahead = Ahead([self.script(1, 2, 3), self.script(4)])
        assert self.follow(ahead, worker, 1, 5, 3) == [True, False, False]
        assert self.follow(ahead, worker, 4) == [False]

    def test_it_ends_where_an_example_ends_early_or_goes_on(self) -> None:
        for numbers in ((1,), (1, 2, 3)):
            worker = self.Counting()
            ahead = Ahead([self.script(1, 2), self.script(4)])
            assert self.follow(ahead, worker, *numbers)[:2] == [True, True][: len(numbers)]
            assert self.follow(ahead, worker, 4) == [False]

    def test_nothing_is_asked_beyond_a_call_that_is_not_known(self) -> None:
        worker = self.Counting()
        ahead = Ahead([self.script(1, 2, is_whole=False), self.script(3)])
        assert self.follow(ahead, worker, 1, 2, 9) == [True, True, False]
        assert worker.lots == [2]
        assert self.follow(ahead, worker, 3) == [True]

    def test_answers_that_another_left_unread_are_not_taken_for_its_own(self) -> None:
        worker = self.Counting()
        self.follow(Ahead([self.script(1, 2, 3)]), worker, 1)
        assert worker.awaited == 2
        assert self.follow(Ahead([self.script(4)]), worker, 4) == [True]
        assert worker.lots == [3, 1]

    def test_more_examples_than_known_are_on_their_own(self) -> None:
        ahead = Ahead([])
        assert self.follow(ahead, self.Counting(), 1) == [False]
        assert self.follow(ahead, self.Counting(), 1) == [False]


class TestNotes:
    @pytest.mark.parametrize("argument", [len, object(), Handle("a worker", "1:0")])
    def test_what_cannot_be_sent_later_ends_them(self, argument: object) -> None:
        notes = Notes()
        for value in (1, argument, 2):
            notes.note("f", [value], (), Contract())
        assert notes.script() == Script((call_frame("f", [1], (), 0),), is_whole=False)


ARRAYS = npst.arrays(npst.scalar_dtypes(), npst.array_shapes(max_dims=2, max_side=2))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | ARRAYS,
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)


class TestGarbled:
    @given(VALUES)
    def test_it_has_the_same_form(self, value: object) -> None:
        def form(of: object) -> object:
            if isinstance(of, np.ndarray | np.generic):
                return type(of), of.dtype, of.shape
            if isinstance(of, tuple | list):
                return type(of), [form(entry) for entry in of]
            return {key: form(entry) for key, entry in of.items()} if isinstance(of, dict) else type(of)

        assert form(garbled(value)) == form(value)

    @given(st.integers() | st.floats() | st.booleans() | st.text())
    def test_a_value_becomes_another(self, value: object) -> None:
        assert not identical(garbled(value), value)


class TestWithoutHints:
    @staticmethod
    def script(*calls: bytes, is_whole: bool = True) -> Script:
        return Script(calls, is_whole)

    def test_scripts_that_do_not_stray_stay_as_they_are(self) -> None:
        scripts = [self.script(b"a", b"b"), self.script(b"c", is_whole=False)]
        longer = [self.script(b"a", b"b", b"x"), self.script(b"c")]
        assert without_hints(scripts, longer) == scripts

    def test_where_one_strays_all_end(self) -> None:
        scripts = [self.script(b"a", b"b", b"c"), self.script(b"d", b"e"), self.script(b"f")]
        decoys = [self.script(b"a", b"x", b"c"), self.script(b"d", b"e"), self.script(b"f")]
        ended = [self.script(b"a", is_whole=False), self.script(b"d", is_whole=False), self.script(b"f")]
        assert without_hints(scripts, decoys) == ended

    def test_one_that_breaks_off_is_not_followed_further(self) -> None:
        assert without_hints([self.script(b"a", b"b")], [Script()]) == [self.script(is_whole=False)]


class TestIdentical:
    @given(VALUES)
    def test_a_value_is_identical_to_itself(self, value: object) -> None:
        assert identical(value, value)

    @pytest.mark.parametrize(
        ("a", "b"),
        [
            (0.0, -0.0),
            (1, 1.0),
            (1, True),
            ((1,), [1]),
            ({"a": 1}, {"a": 2}),
            ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
            (np.zeros(2), np.zeros(2, dtype=np.float32)),
            (np.zeros((2, 3)), np.zeros((3, 2)).T),
            (np.array([0.0]), np.array([-0.0])),
            (np.float64(1), 1.0),
            (Handle("", "0:1"), Handle("", "1:0")),
        ],
    )
    def test_what_differs_in_a_bit_is_not(self, a: object, b: object) -> None:
        assert not identical(a, b)

    def test_nan_is_identical_to_nan(self) -> None:
        assert identical(float("nan"), float("nan"))
        assert identical(np.array([np.nan]), np.array([np.nan]))
