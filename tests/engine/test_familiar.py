"""An example is not run again for answers that have kept its promise: the same bytes keep it again."""

from pathlib import Path
from typing import Any

import pytest

from grader.course import load_exercises
from grader.engine import record, replay
from grader.engine.familiar import MAX_KEPT, Familiar, digest
from grader.engine.session import mark_all
from grader.model.exercise import Exercise
from grader.model.report import Verdict
from grader.sandbox.client import Sandbox
from grader.submission import Source

HIDDEN = "solutions/toolbox/test_hidden.py"
DOUBLE, SPLIT, JOIN = "test_double_is_twice_x", "test_split_takes_the_whole_part", "test_join_undoes_split"


@pytest.fixture
def exercise(small_course: Path) -> Exercise:
    (small_course / "solutions/toolbox/.record").unlink(missing_ok=True)
    return load_exercises(small_course)["toolbox"]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tests of the examples that are run."""
    names: list[str] = []
    run_one = replay._run_one

    def noting(item: pytest.Function, *more: Any) -> None:
        names.append(item.name)
        run_one(item, *more)

    monkeypatch.setattr(replay, "_run_one", noting)
    return names


def marked(exercise: Exercise, sandbox: Sandbox, *texts: str) -> list[dict[str, Any]]:
    sources = [Source(text, "a submission") for text in texts]
    _, all_marked = mark_all(exercise, sources, sandbox, shrink_seconds=0)
    return [dict(one.outcomes) for one in all_marked]


def test_only_the_last_example_of_a_test_is_run_for_what_answers_as_the_reference(
    exercise: Exercise, sandbox: Sandbox, toolbox_reference: str, run: list[str]
) -> None:
    marked(exercise, sandbox, toolbox_reference)
    run.clear()
    (outcomes,) = marked(exercise, sandbox, toolbox_reference)
    assert {one.verdict for one in outcomes.values()} == {Verdict.PASSED}
    assert (run.count(DOUBLE), run.count(SPLIT)) == (1, 1)
    # Of this one no call is known before the one before it is answered.
    assert run.count(JOIN) > 1


def test_what_another_right_submission_answers_is_familiar_from_then_on(
    exercise: Exercise, sandbox: Sandbox, toolbox_reference: str, run: list[str]
) -> None:
    # Its count is of another kind, so none of its answers has the bytes of the reference's.
    other = toolbox_reference + "\ndef split(x): return float(x // 1), {'rest': x - x // 1}\n"
    strict = "assert_equal(low, reference.split(x)[0]"
    path = exercise.folder.parent.parent / HIDDEN
    path.write_text(path.read_text("utf-8").replace(strict, "assert_close(low, reference.split(x)[0]"))
    contract = exercise.folder / "exercise.yaml"
    contract.write_text(contract.read_text("utf-8").replace("low: int", "low: number"))
    loose = load_exercises(exercise.folder.parent.parent)["toolbox"]
    marked(loose, sandbox, toolbox_reference)
    run.clear()
    first, second = marked(loose, sandbox, other, other)
    assert first[SPLIT].verdict is second[SPLIT].verdict is Verdict.PASSED
    of_first, of_second = "".join("s" if name == SPLIT else " " for name in run).split()
    assert len(of_first) > 1
    assert len(of_second) == 1


def test_who_returns_the_right_numbers_but_changes_its_argument_is_found_out(
    exercise: Exercise, sandbox: Sandbox, toolbox_reference: str
) -> None:
    spoiling = "\ndef double(x):\n    y = 2 * x\n    x *= 3\n    return y, float(y.sum())\n"
    marked(exercise, sandbox, toolbox_reference)
    (outcomes,) = marked(exercise, sandbox, toolbox_reference + spoiling)
    assert outcomes[DOUBLE].verdict is Verdict.FAILED
    assert "changed in place" in outcomes[DOUBLE].message


def test_who_errs_late_is_found_out_after_others_were_right(
    exercise: Exercise, sandbox: Sandbox, toolbox_reference: str
) -> None:
    late = "\ndef double(x):\n    y = 2 * x if len(x) < 3 else x\n    return y, float(y.sum())\n"
    _, outcomes = marked(exercise, sandbox, toolbox_reference, toolbox_reference + late)
    assert outcomes[DOUBLE].verdict is Verdict.FAILED
    assert outcomes[SPLIT].verdict is Verdict.PASSED
    assert outcomes[DOUBLE].failure is not None
    assert len(outcomes[DOUBLE].failure.calls[0].arguments["x"]) == 3


@pytest.mark.parametrize("end", ["while True: pass", "import os; os._exit(0)"])
def test_the_call_that_gives_no_answer_is_the_one_that_is_blamed(
    exercise: Exercise, sandbox: Sandbox, toolbox_reference: str, end: str
) -> None:
    contract = exercise.folder / "exercise.yaml"
    contract.write_text(contract.read_text("utf-8").replace("seconds: 2,", "seconds: 0.5,"))
    hasty = load_exercises(exercise.folder.parent.parent)["toolbox"]
    marked(hasty, sandbox, toolbox_reference)
    # The first call of the example is answered, the second is not.
    (outcomes,) = marked(hasty, sandbox, f"{toolbox_reference}\ndef join(low, rest):\n    {end}\n")
    failure = outcomes[JOIN].failure
    assert outcomes[JOIN].verdict is Verdict.FAILED
    assert failure is not None
    assert [call.function for call in failure.calls] == ["split", "join"]
    assert failure.calls[0].value is not None


def test_the_answers_of_the_reference_are_kept_with_its_examples(
    exercise: Exercise, sandbox: Sandbox, toolbox_reference: str
) -> None:
    marked(exercise, sandbox, toolbox_reference)
    kept = record.load(exercise)
    assert kept is not None
    assert all(len(one.familiar) == 32 for name in (DOUBLE, SPLIT) for one in _of(kept, name))


def _of(kept: record.Record, name: str) -> Any:
    (examples,) = [examples for test, examples in kept.items() if test.endswith(f"::{name}")]
    return examples


class TestFamiliar:
    def test_no_answers_are_never_familiar(self) -> None:
        familiar = Familiar([b""])
        familiar.add(0, digest(b""))
        assert digest(b"") == b""
        assert not familiar.has(0, b"")
        assert familiar.first(0) == b""

    def test_answers_of_one_example_say_nothing_of_another(self) -> None:
        familiar = Familiar([digest(b"a"), digest(b"b")])
        assert familiar.has(0, digest(b"a"))
        assert not familiar.has(1, digest(b"a"))

    def test_no_more_are_kept_than_there_is_room_for(self) -> None:
        familiar = Familiar([b""])
        digests = [digest(bytes([n])) for n in range(MAX_KEPT + 1)]
        for one in digests:
            familiar.add(0, one)
        assert [familiar.has(0, one) for one in digests] == [True] * MAX_KEPT + [False]
