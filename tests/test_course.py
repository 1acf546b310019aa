"""The shipped course, marked as a student and an instructor would have it marked."""

import doctest
import importlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader.course import catalog, load_exercises
from grader.engine.reference import load_reference
from grader.errors import Finding
from grader.grading import grade, grade_all
from grader.model.exercise import Exercise
from grader.model.item import Bank
from grader.model.report import ExerciseReport, Report, Verdict
from grader.report.json import to_json
from grader.report.terminal import to_terminal
from grader.sandbox.client import Sandbox
from grader.submission import Source, read_source
from tests.conftest import REPOSITORY

EXERCISES = load_exercises(REPOSITORY)
EXAMPLES = REPOSITORY / "tests" / "examples"
WRONG = {
    "batchnorm": "test_running_statistics_move_toward_those_of_the_batch",
    "beam_search": "test_finished_hypotheses_stay_and_compete",
    "max_pool": "test_ties_go_to_the_first_maximum",
    "softmax_loss": "test_gradient_is_the_softmax_less_one_at_the_label",
    "viterbi": "test_path_has_the_best_score",
}
"""A hidden test that each wrong example must fail."""


def test_the_five_exercises_are_there() -> None:
    assert list(EXERCISES) == ["batchnorm", "beam_search", "max_pool", "softmax_loss", "viterbi"]


@pytest.fixture(scope="module", params=EXERCISES.values(), ids=lambda exercise: exercise.id)
def exercise(request: pytest.FixtureRequest) -> Exercise:
    """Each exercise of the course."""
    found: Exercise = request.param
    return found


@pytest.fixture(scope="module")
def reports(exercise: Exercise, sandbox: Sandbox) -> dict[str, ExerciseReport]:
    """What the exercise's examples earn, marked one after the other: of each, by its name."""
    names = ("correct", "wrong")
    sources = [read_source(EXAMPLES / exercise.id / f"{name}.py") for name in names]
    return dict(zip(names, grade_all(exercise, sources, sandbox), strict=True))


class TestExercise:
    def test_the_points_are_those_of_the_curriculum(
        self, exercise: Exercise, reports: dict[str, ExerciseReport]
    ) -> None:
        points = {"batchnorm": 14, "beam_search": 12, "max_pool": 10, "softmax_loss": 8, "viterbi": 10}
        assert {report.score.possible for report in reports.values()} == {points[exercise.id]}

    def test_the_correct_example_earns_full_marks(self, reports: dict[str, ExerciseReport]) -> None:
        report = reports["correct"]
        assert report.is_kept, [test.message for test in report.tests if test.message]

    def test_the_wrong_example_fails_and_its_mistake_is_named(
        self, exercise: Exercise, reports: dict[str, ExerciseReport]
    ) -> None:
        failed = [test for test in reports["wrong"].tests if test.verdict is Verdict.FAILED]
        assert WRONG[exercise.id] in [test.id for test in failed]
        names = {mistake.name for mistake in catalog(exercise)[0]}
        assert {test.diagnosis.mistake for test in failed if test.diagnosis} <= names
        assert any(test.diagnosis for test in failed)

    def test_the_catalog_has_at_least_ten_mistakes_and_three_hints(self, exercise: Exercise) -> None:
        mistakes, findings = catalog(exercise)
        assert not findings
        assert len(mistakes) >= 10
        assert len({mistake.name for mistake in mistakes}) == len(mistakes)
        assert len(exercise.hints) == 3


@pytest.mark.long
@pytest.mark.timeout(900)
def test_each_mistake_loses_points_by_name_and_twice_alike(exercise: Exercise, sandbox: Sandbox) -> None:
    mistakes, _ = catalog(exercise)
    sources = [Source(mistake.source, mistake.name) for mistake in mistakes]
    reports = grade_all(exercise, sources, sandbox)
    again = grade_all(exercise, sources[:4], sandbox)
    assert [untimed(report) for report in reports[:4]] == [untimed(report) for report in again]
    named = 0
    for mistake, report in zip(mistakes, reports, strict=True):
        assert report.score.earned < report.score.possible, mistake.name
        names = {test.diagnosis.mistake for test in report.tests if test.diagnosis}
        assert names <= {mistake.name}, "another mistake may not be blamed"
        named += mistake.name in names
    # Not all: on the few inputs that fail, some mistakes behave alike, and then nothing is said.
    assert named >= 0.8 * len(mistakes)


def untimed(report: ExerciseReport) -> str:
    tests = tuple(replace(test, seconds=0.0) for test in report.tests)
    return to_json(Report("process", (replace(report, tests=tests),)))


def test_after_a_broken_forward_the_backward_pass_is_blocked(sandbox: Sandbox) -> None:
    exercise = EXERCISES["batchnorm"]
    reference = exercise.reference
    assert reference is not None
    broken = "\n\nright = batchnorm_forward\n\n\ndef batchnorm_forward(x, gamma, beta, bn_param):\n"
    broken += "    out, cache = right(x, gamma, beta, bn_param)\n    return out + 1, cache\n"
    report = grade(exercise, Source(reference.read_text("utf-8") + broken, "batchnorm.py"), sandbox)
    hidden = [test for test in report.tests if test.score.possible]
    verdicts = {test.verdict for test in hidden if "grad" in test.id or "backward" in test.id}
    assert Verdict.BLOCKED in verdicts
    assert Verdict.FAILED not in verdicts


def test_a_notebook_with_magics_and_plots_passes(sandbox: Sandbox, tmp_path: Path) -> None:
    code = (EXAMPLES / "softmax_loss" / "correct.py").read_text("utf-8")
    cells = [
        "%matplotlib inline\nimport numpy as np\nimport matplotlib_that_is_not_here as plt",
        "!pip list",
        code,
        "x = np.linspace(0, 1)\nfig, ax = plt.subplots()\nax.plot(x, x ** 2)\nplt.show()",
        "for _ in range(3):\n    print(softmax_loss(np.zeros((1, 2)), np.array([0])))",
        "1 / 0",
    ]
    tree = {"cells": [{"cell_type": "code", "metadata": {}, "source": cell} for cell in cells]}
    (tmp_path / "mine.ipynb").write_text(json.dumps(tree), "utf-8")
    report = grade(EXERCISES["softmax_loss"], read_source(tmp_path / "mine.ipynb"), sandbox)
    assert report.is_kept, report


def by_hand(course: Path, folder: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Plain pytest on an exercise, as its author has it."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", folder, *more]
    return subprocess.run(command, cwd=course, capture_output=True, text=True, timeout=100, check=False)


@pytest.mark.parametrize("folder", ["solutions/softmax_loss", "exercises/softmax_loss"])
def test_pytest_by_hand_runs_the_tests_of_an_exercise(folder: str) -> None:
    example = EXAMPLES / "softmax_loss" / "correct.py"
    done = by_hand(REPOSITORY, folder, "--submission", str(example))
    assert done.returncode == 0, done.stdout


def test_pytest_by_hand_takes_the_reference_and_shows_a_plain_sentence(
    small_course: Path, toolbox_reference: str, tmp_path: Path
) -> None:
    done = by_hand(small_course, "solutions/toolbox")
    assert done.returncode == 0, done.stdout
    wrong = tmp_path / "wrong.py"
    wrong.write_text(f"{toolbox_reference}\n\ndef double(x): return -2 * x, float(2 * x.sum())\n", "utf-8")
    done = by_hand(small_course, "solutions/toolbox", "--submission", str(wrong))
    assert done.returncode == 1
    assert "only the sign differs" in done.stdout


def test_the_bank_is_large_and_without_findings(shipped: tuple[Bank, list[Finding]]) -> None:
    bank, findings = shipped
    assert not findings
    assert len(bank.items) >= 60
    assert all(item.explanation and item.source for item in bank.items.values())


def test_the_readmes_set_up_lines_are_those_of_make() -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8").splitlines()
    makefile = [line.strip() for line in (REPOSITORY / "Makefile").read_text("utf-8").splitlines()]
    set_up = [line for line in readme if line.startswith("python3 -m venv")]
    assert len(set_up) == 2
    assert all(line in makefile for line in set_up)


def test_what_the_readme_shows_is_what_a_student_sees(sandbox: Sandbox) -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    shown = readme.split("```console\n$ grade softmax_loss\n")[1].split("```")[0]
    exercise = EXERCISES["softmax_loss"]
    report = grade(exercise, read_source(EXAMPLES / "softmax_loss" / "wrong.py"), sandbox)
    seen = to_terminal(Report(sandbox.isolation, (report,)))
    for part in shown.split("  …\n"):
        assert part in seen


def test_the_examples_in_docstrings_and_statements_are_true() -> None:
    for name in ("grader.quiz.schemes",):
        assert doctest.testmod(importlib.import_module(name)).failed == 0
    attempted = 0
    for exercise in EXERCISES.values():
        reference = exercise.reference
        assert reference is not None
        functions = vars(load_reference(reference)).copy()
        text = (exercise.folder / "README.md").read_text("utf-8").replace("```", "")
        example = doctest.DocTestParser().get_doctest(text, functions, exercise.id, None, None)
        result = doctest.DocTestRunner().run(example)
        assert result.failed == 0, exercise.id
        attempted += result.attempted
    assert attempted >= 5
