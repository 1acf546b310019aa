"""Each of the shipped mistakes shows its own name, and code to paste that gives what was shown."""

import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

from grader.course import catalog, load_exercises
from grader.engine import bench
from grader.engine.agreement import is_same
from grader.engine.examples import profile
from grader.engine.pasted import telling
from grader.engine.tape import Call
from grader.grading import Marker
from grader.model.exercise import Exercise
from grader.sandbox.client import Sandbox
from grader.sandbox.failures import StudentError, WorkerLost
from grader.submission import Source
from tests.conftest import REPOSITORY

LONG = [pytest.mark.long, pytest.mark.timeout(1800)]


def pasted(text: str, source: str) -> Any:
    """What the last line of a counterexample gives, in the face of the submission."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    space: dict[str, Any] = {}
    with warnings.catch_warnings(action="ignore"):  # a warning never costs points
        exec(f"import numpy as np\n{source}", space)
        exec("\n".join(lines[:-1]), space)
        return eval(lines[-1], space)


def gives(text: str, source: str, call: Call) -> bool:
    """Whether the code gives what the call gave when the submission was marked."""
    try:
        value = pasted(text, source)
    except Exception as error:
        # What a model was asked beyond the statement it does not answer in the pasted code either.
        return type(error).__name__ == getattr(call.error, "type_name", None) or (
            call.error is not None and not isinstance(call.error, StudentError)
        )
    return _alike(call.value, value)


def _alike(told: Any, real: Any) -> bool:
    if type(told).__name__ == "Handle":
        return True
    if isinstance(told, tuple | list) and isinstance(real, tuple | list):
        return len(told) == len(real) and all(_alike(a, b) for a, b in zip(told, real, strict=True))
    return is_same(told, real if real is None or isinstance(real, str | dict) else _plain(real))


def _plain(value: Any) -> Any:
    return value.item() if getattr(value, "ndim", 1) == 0 else value


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("softmax_loss", 4),
        *(
            pytest.param(name, None, marks=LONG)
            for name in ("batchnorm", "beam_search", "max_pool", "softmax_loss", "viterbi")
        ),
    ],
)
def test_a_mistake_shows_its_own_name_and_code_that_runs(
    name: str, most: int | None, sandbox: Sandbox
) -> None:
    exercise = load_exercises(REPOSITORY)[name]
    mistakes, _ = catalog(exercise)
    with Marker(exercise, sandbox) as marker:
        for mistake in mistakes[:most]:
            examined = marker.examine(Source(mistake.source, mistake.name))
            named = {test.diagnosis.mistake for test in examined.report.tests if test.diagnosis}
            assert named == {mistake.name}
            for test in examined.report.tests:
                if test.counterexample and test.id in examined.failures:
                    call = telling(examined.failures[test.id])[-1]
                    if not isinstance(call.error, WorkerLost) and not _is_described(test.counterexample):
                        assert gives(test.counterexample, mistake.source, call), test.counterexample


def _is_described(text: str) -> bool:
    """Whether an argument is so large that nothing can be pasted."""
    return all(line.startswith("#") for line in text.splitlines())


def test_no_wrong_name_is_given_in_a_sample_of_the_benchmark() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/diagnosis.py", "--exercise", "softmax_loss", "--every", "24"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "A wrong name was given 0 times" in done.stdout


def test_a_search_that_is_cut_short_shows_the_best_and_says_so(
    small_course: Path, sandbox: Sandbox, toolbox_reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "SMALL", 0)
    slow = (
        "import time\ndef double(x):\n    time.sleep(0.05)\n"
        "    return 2 * x + (len(x) > 2), 2 * float(x.sum())"
    )
    exercise: Exercise = load_exercises(small_course)["toolbox"]
    with Marker(exercise, sandbox, shrink_seconds=0.2) as marker:
        report = marker.grade(Source(f"{toolbox_reference}\n{slow}\n", "toolbox.py"))
    (shown,) = [test.counterexample for test in report.tests if test.id == "test_double_is_twice_x"]
    assert shown is not None
    assert shown.endswith("# there may be a smaller one: the time for looking was up")
    assert not gives(shown, toolbox_reference, Call("double", {}, value=None))
    assert len(pasted(shown, f"{toolbox_reference}\n{slow}\n")[0]) > 2


def test_nothing_is_spent_on_explaining() -> None:
    with profile():
        assert settings().phases == (Phase.explicit, Phase.generate, Phase.shrink)
