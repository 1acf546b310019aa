"""When a submission is the same as one before, and when it is not."""

import json
from pathlib import Path

import pytest

from grader.batch.identity import environment, exercise_version, key_of
from grader.course import load_exercises
from grader.submission import Source, UnreadableError

SOURCES = [
    None,
    Source("x = 1\n", "a.py"),
    Source("x = 2\n", "a.py"),
    Source("x = 1\n", "b.py"),
    Source("x = 1\n", "a.py", ((1, 1),)),
    UnreadableError("x = 1\n"),
    UnreadableError("odd \udcff"),
]


def version(course: Path) -> str:
    return exercise_version(load_exercises(course)["toolbox"])


def test_what_was_handed_in_the_exercise_and_the_environment_each_count() -> None:
    keys = [key_of(source, version, place) for source in SOURCES for version in "vw" for place in "ef"]
    assert len(set(keys)) == len(keys)


def test_equal_things_have_equal_keys() -> None:
    assert key_of(Source("x", "a.py"), "v", "e") == key_of(Source("x", "a.py"), "v", "e")


@pytest.mark.parametrize(
    "file",
    [
        "exercises/toolbox/exercise.yaml",
        "exercises/toolbox/new.csv",
        "solutions/toolbox/test_hidden.py",
        "solutions/toolbox/data/deep.bin",
    ],
)
def test_any_file_of_an_exercise_makes_a_version(small_course: Path, file: str) -> None:
    before = version(small_course)
    path = small_course / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")
    assert version(small_course) != before


@pytest.mark.parametrize(
    "file", ["solutions/toolbox/__pycache__/x.pyc", "exercises/toolbox/.notes", "README.md"]
)
def test_what_decides_nothing_makes_no_version(small_course: Path, file: str) -> None:
    before = version(small_course)
    path = small_course / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    assert version(small_course) == before


def test_a_renamed_file_makes_a_version(small_course: Path) -> None:
    (small_course / "solutions/toolbox/a.csv").write_bytes(b"x")
    before = version(small_course)
    (small_course / "solutions/toolbox/a.csv").rename(small_course / "solutions/toolbox/b.csv")
    assert version(small_course) != before


def test_the_environment_names_what_a_verdict_depends_on() -> None:
    tree = json.loads(environment("strict"))
    assert tree["isolation"] == "strict"
    assert set(tree) == {"grade", "python", "numpy", "hypothesis", "pytest", "isolation", "machine"}
    assert environment("strict") == environment("strict") != environment("process")
