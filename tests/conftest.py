"""What many tests share: a sandbox, and copies of the small course."""

import ctypes.util
import gc
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from grader.bank import load_bank, read_bank
from grader.course import load_exercises
from grader.errors import Finding
from grader.exam.assembly import assemble
from grader.exam.blueprint import load_blueprint
from grader.grading import Marker, grade
from grader.model.exercise import Exercise
from grader.model.form import Form
from grader.model.item import Bank
from grader.model.report import ExerciseReport
from grader.sandbox.client import Sandbox
from grader.submission import Source
from tests.every_type import copy_types

# The same examples in every run, and no failure because the machine is busy.
settings.register_profile("suite", derandomize=True, database=None, deadline=None)
settings.load_profile("suite")

# What a command prints here is as wide as where nobody looks, whatever terminal the suite is started from.
os.environ.pop("COLUMNS", None)

# A job that a script runs in the background is deaf to Ctrl-C, and so would be all that is started here.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

HAS_SECCOMP = ctypes.util.find_library("seccomp") is not None
"""What strict isolation is made of; `.ci/run` sees to it that it is there."""
REPOSITORY = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "courses" / "small"

Grade = Callable[[str], ExerciseReport]


def append(path: Path, text: str) -> None:
    """Adds to the end of a file."""
    path.write_text(path.read_text("utf-8") + text, "utf-8")


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as opened:
        yield opened


@pytest.fixture(scope="session")
def recorded_course(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Path:
    """A copy of the small course for all to read; the examples of its properties are drawn."""
    course = tmp_path_factory.mktemp("small") / "course"
    shutil.copytree(SMALL, course, ignore=shutil.ignore_patterns(".grade", ".record", "__pycache__"))
    grade(load_exercises(course)["toolbox"], None, sandbox)
    return course


@pytest.fixture(scope="session")
def toolbox(recorded_course: Path) -> Exercise:
    """The one exercise of the small course."""
    return load_exercises(recorded_course)["toolbox"]


@pytest.fixture(scope="session")
def toolbox_reference(toolbox: Exercise) -> str:
    path = toolbox.reference
    return path.read_text(encoding="utf-8") if path else ""


@pytest.fixture(scope="module")
def graded(toolbox: Exercise, sandbox: Sandbox) -> Iterator[Grade]:
    """Grades the text of a submission for the toolbox."""
    with Marker(toolbox, sandbox) as marker:
        yield lambda text: marker.grade(Source(text, "toolbox.py"))


@pytest.fixture
def small_course(tmp_path: Path, recorded_course: Path) -> Path:
    """A copy of the small course that a test may change."""
    bytecode = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(recorded_course, tmp_path / "course", ignore=bytecode))


@pytest.fixture(scope="session")
def shipped() -> tuple[Bank, list[Finding]]:
    """The shipped bank, which takes seconds to read, with what there is to mend in it."""
    return read_bank(REPOSITORY / "question_bank")


@pytest.fixture(scope="session")
def shipped_bank(shipped: tuple[Bank, list[Finding]]) -> Bank:
    return shipped[0]


@pytest.fixture(scope="session")
def types_course(tmp_path_factory: pytest.TempPathFactory, recorded_course: Path) -> Path:
    return copy_types(recorded_course, tmp_path_factory.mktemp("types") / "course")


@pytest.fixture(scope="session")
def types_bank(types_course: Path) -> Bank:
    return load_bank(types_course / "question_bank")


@pytest.fixture(scope="session")
def types_form(types_course: Path, types_bank: Bank) -> Form:
    return assemble(load_blueprint(types_course, "types"), types_bank, 3)


def pytest_collection_finish() -> None:
    """What was imported and collected stays; to look for garbage in it again and again only takes time."""
    gc.collect()
    gc.freeze()
