"""Every submission sees the examples drawn for the reference, and fares as with Hypothesis itself."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.audit.faults import faults
from grader.course import catalog, load_exercises
from grader.engine import record
from grader.engine.ahead import Script
from grader.engine.record import Example, NotPlain, example
from grader.engine.session import Session, mark_all
from grader.model.exercise import Exercise
from grader.model.report import Verdict
from grader.sandbox.client import Sandbox
from grader.submission import Source, read_source
from tests.conftest import REPOSITORY, append

HIDDEN = "solutions/toolbox/test_hidden.py"
DTYPES = st.sampled_from([np.float64, np.float32, np.int64, np.bool_])
ARRAYS = npst.arrays(DTYPES, npst.array_shapes(min_side=0))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | ARRAYS,
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
def exercise(small_course: Path) -> Exercise:
    """The toolbox, of which nothing is recorded."""
    (small_course / "solutions/toolbox/.record").unlink(missing_ok=True)
    return load_exercises(small_course)["toolbox"]


def wrong(exercise: Exercise) -> list[Source]:
    """The exercise's mistakes and the faults that are made of its reference."""
    mistakes, _ = catalog(exercise)
    reference = read_source(exercise.reference or Path()).text
    return [*(Source(mistake.source, mistake.name) for mistake in mistakes), *faults(exercise, reference)]


def verdicts(
    exercise: Exercise, sources: Sequence[Source], sandbox: Sandbox, *, is_off: bool
) -> list[dict[str, Verdict]]:
    """The verdicts of each submission, with replay or with Hypothesis alone."""
    with Session(exercise, sandbox, shrink_seconds=0) as session:
        session._replay.is_off = is_off
        marked = [session.mark(source) for source in sources]
    return [{name: outcome.verdict for name, outcome in one.outcomes.items()} for one in marked]


def test_wrong_code_fares_as_with_hypothesis_alone(exercise: Exercise, sandbox: Sandbox) -> None:
    sources = wrong(exercise)
    alone = verdicts(exercise, sources, sandbox, is_off=True)
    assert verdicts(exercise, sources, sandbox, is_off=False) == alone
    assert any(Verdict.FAILED in one.values() for one in alone)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", ["batchnorm", "beam_search", "max_pool", "softmax_loss", "viterbi"])
def test_in_the_shipped_course_too(name: str, sandbox: Sandbox) -> None:
    shipped = load_exercises(REPOSITORY)[name]
    sources = wrong(shipped)
    alone = verdicts(shipped, sources, sandbox, is_off=True)
    assert verdicts(shipped, sources, sandbox, is_off=False) == alone


def test_most_properties_of_the_shipped_course_are_replayed(sandbox: Sandbox) -> None:
    shipped = load_exercises(REPOSITORY)["batchnorm"]
    with Session(shipped, sandbox) as session:
        names = {name.rpartition(":")[2] for name in session._replay.record}
    # One of them draws as it goes, from `st.data()`.
    assert "test_running_statistics_move_toward_those_of_the_batch" in names


def test_a_session_leaves_the_current_folder_as_it_is(
    exercise: Exercise, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session(exercise, sandbox):
        monkeypatch.chdir(tmp_path)
    assert Path.cwd() == tmp_path


def asked(kept: record.Record | None) -> dict[str, list[tuple[bytes, object]]]:
    """What a record says but for the slow answers of the reference: which are slow may change."""
    assert kept is not None
    return {name: [(one.frame, one.script) for one in examples] for name, examples in kept.items()}


class TestRecord:
    def test_it_is_made_once_and_used_again(self, exercise: Exercise, sandbox: Sandbox) -> None:
        mark_all(exercise, [], sandbox)
        made = record.load(exercise)
        assert made is not None
        properties = [examples for examples in made.values() if len(examples) > 1]
        assert len(properties) == 3
        for examples in properties:
            assert len(examples) <= 12
            assert [one.size for one in examples] == sorted(one.size for one in examples)
        path = record._path(exercise)
        assert path is not None
        before = path.stat().st_mtime_ns
        mark_all(exercise, [], sandbox)
        assert path.stat().st_mtime_ns == before

    @pytest.mark.parametrize("damage", [b"", b"grade record 1\n", b"\0" * 100, "cut", "flipped", "older"])
    def test_a_damaged_one_is_made_again(
        self, exercise: Exercise, sandbox: Sandbox, damage: bytes | str
    ) -> None:
        mark_all(exercise, [], sandbox)
        path = record._path(exercise)
        assert path is not None
        whole, before = path.read_bytes(), asked(record.load(exercise))
        damaged = {"cut": whole[:-1], "flipped": whole[:-1] + b"?", "older": b"grade record 1\n" + whole[15:]}
        path.write_bytes(damage if isinstance(damage, bytes) else damaged[damage])
        assert record.load(exercise) is None
        mark_all(exercise, [], sandbox)
        assert asked(record.load(exercise)) == before

    @pytest.mark.parametrize(
        "name",
        [
            HIDDEN,
            "solutions/toolbox/toolbox.py",
            "exercises/toolbox/test_public.py",
            "exercises/toolbox/exercise.yaml",
        ],
    )
    def test_one_of_another_version_is_not_used(
        self, exercise: Exercise, small_course: Path, sandbox: Sandbox, name: str
    ) -> None:
        mark_all(exercise, [], sandbox)
        append(small_course / name, "\n# changed\n")
        assert record.load(exercise) is None

    def test_where_it_cannot_be_kept_all_is_marked_the_same(
        self, exercise: Exercise, sandbox: Sandbox
    ) -> None:
        path = record._path(exercise)
        assert path is not None
        path.mkdir()
        source = read_source(exercise.reference or Path())
        _, (marked,) = mark_all(exercise, [source], sandbox)
        assert {outcome.verdict for outcome in marked.outcomes.values()} == {Verdict.PASSED}

    def test_without_a_solution_hypothesis_draws(self, exercise: Exercise, sandbox: Sandbox) -> None:
        bundle = replace(exercise, solution_folder=None)
        mark_all(bundle, [], sandbox)
        assert record.load(bundle) is None


class TestExample:
    @given(st.dictionaries(st.text(), PLAIN, max_size=3), st.lists(PLAIN, max_size=2))
    def test_plain_data_comes_back_as_it_was(self, arguments: dict[str, object], draws: list[object]) -> None:
        try:
            kept = example(arguments, draws, Script())
        except NotPlain:
            return
        assert example(*kept.drawn(), Script()) == kept

    @pytest.mark.parametrize("value", [object(), {1}, b"x", Example(b""), np.array([None]), [range(3)]])
    def test_what_would_come_back_as_something_else_is_not_kept(self, value: object) -> None:
        with pytest.raises(NotPlain):
            example({"x": value}, [], Script())
        with pytest.raises(NotPlain):
            example({}, [value], Script())


DRAWS = """

@pytest.mark.points(1)
@FEW
@given(st.integers(1, 4), st.data())
def test_draws(student, n, data):
    'Half of what is drawn later.'
    x = data.draw(st.integers(n, 9)) / 2
    assert student.split(x)[0] == int(x)
"""
MORE = """

@pytest.mark.points(1)
@FEW
@given(st.data())
def test_draws(student, data):
    'Draws again for a value of its own.'
    low = student.split(2.5)[0]
    for _ in range(low):
        data.draw(st.integers())
    assert low == 2
"""


@pytest.mark.parametrize(
    ("tests", "split"), [(DRAWS, "def split(x): return 99, x"), (MORE, "def split(x): return 3, x")]
)
def test_what_is_drawn_while_a_property_runs_is_replayed_too(
    exercise: Exercise, small_course: Path, sandbox: Sandbox, toolbox_reference: str, tests: str, split: str
) -> None:
    append(small_course / HIDDEN, tests)
    right, other = Source(toolbox_reference, "right"), Source(f"{toolbox_reference}\n{split}\n", "wrong")
    _, marked = mark_all(exercise, [right, other], sandbox)
    assert [one.outcomes["test_draws"].verdict for one in marked] == [Verdict.PASSED, Verdict.FAILED]
    assert any("test_draws" in name for name in record.load(exercise) or ())
