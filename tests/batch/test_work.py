"""What a worker process does with a chunk, and when it would rather not."""

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader.batch import work
from grader.batch.work import Place, Refusal, Site, Task, Unit, mark_chunk, survey
from grader.submission import Source


@pytest.fixture
def place(recorded_course: Path) -> Place:
    return Place(str(recorded_course), "process")


@pytest.fixture
def site(place: Place) -> Site:
    found = survey(place)
    assert isinstance(found, Site)
    return found


def task(place: Place, site: Site, *units: Unit) -> Task:
    return Task(place, site, "toolbox", units)


def test_each_kind_of_unit_has_its_result(place: Place, site: Site, toolbox_reference: str) -> None:
    units = (
        Unit("a", Source(toolbox_reference, "toolbox.py")),
        Unit("b", unreadable="It cannot be read."),
        Unit("c"),
    )
    results = mark_chunk(task(place, site, *units))
    assert not isinstance(results, Refusal)
    assert [(one.key, one.status, one.earned, one.possible, one.message) for one in results] == [
        ("a", "graded", "11/2", "11/2", "Every promise is kept."),
        ("b", "unreadable", "0", "11/2", "It cannot be read."),
        ("c", "not_submitted", "0", "11/2", "Nothing was handed in for this exercise."),
    ]


def test_another_version_of_an_exercise_is_refused(place: Place, site: Site) -> None:
    refused = mark_chunk(task(place, replace(site, versions={"toolbox": "another"}), Unit("a")))
    assert isinstance(refused, Refusal)
    assert "has another version of `toolbox` than this batch" in refused.reason


def test_another_environment_is_refused(place: Place, site: Site) -> None:
    refused = mark_chunk(task(place, replace(site, environment="Python 2"), Unit("a")))
    assert isinstance(refused, Refusal)
    assert "Python 2 elsewhere" in refused.reason


def test_a_machine_without_the_course_is_refused(tmp_path: Path) -> None:
    refused = survey(Place(str(tmp_path / "nowhere"), "process"))
    assert isinstance(refused, Refusal)
    assert "it must lie at the same path there" in refused.reason


def test_after_a_failure_the_next_chunk_begins_anew(
    place: Place, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = work._Bench.of(place)
    with monkeypatch.context() as patch:
        patch.setattr(work, "_marked", lambda task: sys.exit(0))
        with pytest.raises(RuntimeError, match="SystemExit left the tests"):
            mark_chunk(task(place, site, Unit("a")))
    assert not isinstance(mark_chunk(task(place, site, Unit("a"))), Refusal)
    assert work._Bench.of(place) is not before


def test_a_process_that_hangs_in_our_own_code_ends_itself() -> None:
    program = (
        "import re\nfrom grader.batch.work import _patience\n"
        "with _patience(0.2):\n    re.match('(a+)+b', 'a' * 60)"  # in C code, which holds the interpreter
    )
    done = subprocess.run([sys.executable, "-c", program], timeout=60, check=False)
    assert done.returncode == -signal.SIGALRM
