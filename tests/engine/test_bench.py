"""What is kept of the calls of one example, however much comes back."""

import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from grader.engine import bench, pasted
from grader.engine.bench import Bench
from grader.engine.tape import Failure
from grader.engine.wording import counterexample
from grader.model.exercise import Exercise
from grader.sandbox.client import Sandbox
from grader.sandbox.failures import WorkerLost
from grader.submission import Source
from grader.testing import Mismatch

On = Callable[[str], Bench]


@pytest.fixture
def on(toolbox: Exercise, sandbox: Sandbox) -> Iterator[On]:
    """A bench with a submission on it, ready for an example."""
    opened: list[Bench] = []

    def on(text: str) -> Bench:
        made = Bench(toolbox, Source(text, "toolbox.py"), sandbox)
        made.open_test(toolbox.limits)
        made.open_example()
        opened.append(made)
        return made

    yield on
    for made in opened:
        made.close_test()


def failure(made: Bench) -> Failure:
    made.record(AssertionError())
    assert made.failure is not None
    return made.failure


def test_values_beyond_the_bound_are_let_go(on: On, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "MAX_KEPT", 1_000_000)
    made = on(
        "import numpy as np\ndef tally(state, step):\n    state['junk'] = np.zeros(50_000)\n    return 1\n"
    )
    for _ in range(10):
        made.call("tally", [{}, 1], {})
    calls = failure(made).calls
    assert [call.is_cut for call in calls] == [False] * 2 + [True] * 8
    assert all(not call.updated and call.value is None for call in calls if call.is_cut)


def test_what_is_cut_is_neither_shown_nor_the_smallest(on: On, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "MAX_KEPT", 1_000)
    made = on("def double(x):\n    return x * 2, float(sum(x * 2))\n")
    made.call("double", [np.zeros(3)], {})
    small = failure(made)
    made.open_example()
    made.call("double", [np.zeros(3_000)], {})
    made.record(AssertionError())
    assert made.failure is small
    assert counterexample(Failure(AssertionError(), tuple(made._calls)), made.exercise) is None


def test_answers_of_a_callback_are_kept_within_the_bound(on: On, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "MAX_KEPT", 10_000)
    made = on("def climb(height, steps):\n    return max(height((i,) * 100) for i in range(steps))\n")
    made.call("climb", [lambda places: float(places[0]), 50], {})
    call = failure(made).calls[0]
    assert call.is_cut
    assert call.asked == {}


def test_a_long_counterexample_is_not_written_first_and_dropped_then(
    on: On, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pasted, "code", lambda _: pytest.fail("it was written"))
    made = on("def climb(height, steps):\n    return max(height((i,) * 50_000) for i in range(steps))\n")
    made.call("climb", [lambda places: float(places[0]), 5], {})
    assert counterexample(failure(made), made.exercise) is None


def test_a_submission_cannot_make_its_time_out_of_callbacks(on: On) -> None:
    """They are not its own time, but no more of it than it has itself."""
    made = on("def climb(height, steps):\n    while True:\n        height(0)\n")
    asked = []

    def height(step: int) -> float:
        asked.append(step)
        time.sleep(made.exercise.limits.seconds / 10)
        return 0.0

    with pytest.raises(WorkerLost, match="still running at the time limit"):
        made.call("climb", [height, 1], {})
    assert len(asked) <= 20


def test_what_broke_the_promise_is_not_held_by_the_frames_of_its_error(on: On) -> None:
    made = on("import numpy as np\ndef double(x):\n    return np.zeros(10)\n")
    try:
        made.call("double", [np.zeros(1)], {})
    except Mismatch as error:
        made.record(error)
    assert made.failure is not None
    made.failure.let_go()
    assert made.failure.error.__traceback__ is None
    assert made.failure.calls[0].error is made.failure.error
