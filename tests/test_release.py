"""The student bundle: what is in it, what never is, and what can be done with it."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grader
from grader.course import load_exercises, read_exercises
from grader.exam.questions import draw
from grader.export.program import pins
from grader.export.questions import SHOWN, as_asked, questions_markdown
from grader.model.item import Bank
from grader.release import SEED, Bundle, bundle
from grader.sandbox.client import Sandbox
from tests.cli.test_mark import STUB, grade
from tests.conftest import REPOSITORY, append

MARKER = "planted-7349"
LONG = 16
"""Letters in a line that say something; `return out` stands in every program."""
KEPT_BACK = (
    *("explanation", "feedback", "check", "answer", "rubric", "near_misses", "source", "credit"),
    *(
        "value",
        "params",
        "let",
        "where",
        "number",
        "shape",
        "formula",
        "matrix_formula",
        "accept",
        "patterns",
    ),
)


@pytest.fixture(scope="module")
def released(sandbox: Sandbox) -> Bundle:
    """The bundle of the shipped course."""
    return bundle(REPOSITORY, sandbox)


def handed_out(files: Mapping[str, bytes]) -> str:
    """All that students receive besides the program; notebooks also as they are read."""
    texts = [data.decode("utf-8") for name, data in files.items() if not name.startswith("program/")]
    for name, data in files.items():
        if name.endswith(".ipynb"):
            texts += ["".join(cell["source"]) for cell in json.loads(data)["cells"]]
    return "\n".join(texts)


def lines_of(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".yaml", ".md") and path.is_file():
            yield from (line.strip() for line in path.read_text("utf-8").splitlines())


class TestShippedCourse:
    def test_no_line_of_a_solution_is_in_it(self, released: Bundle) -> None:
        given_out = "\n".join(lines_of(REPOSITORY / "exercises"))  # a last hint may quote a line
        secret = {
            line for line in lines_of(REPOSITORY / "solutions") if len(line) >= LONG and line not in given_out
        }
        text = handed_out(released.files)
        assert len(secret) > 500, "there is something to keep"
        assert not [line for line in secret if line in text]

    def test_no_key_of_a_question_is_in_it(self, released: Bundle, shipped_bank: Bank) -> None:
        shown, kept = [], []
        for item in shipped_bank.items.values():
            for entry in (asdict(draw(item, SEED)), asdict(item)):
                kept += list(texts_under(entry, KEPT_BACK))
                shown.append(str(as_asked(entry)))
        asked = " ".join(" ".join(shown).split())
        text = " ".join(handed_out(released.files).split())
        secret = {one for one in map(squeezed, kept) if len(one) >= LONG and one not in asked}
        assert len(secret) > 100
        assert not [one for one in secret if one in text]

    def test_the_program_in_it_is_the_one_that_runs(self, released: Bundle) -> None:
        home = Path(grader.__file__).parent
        names = {name.removeprefix("program/grader/") for name in released.files if "program/grader/" in name}
        assert {str(path.relative_to(home)) for path in home.rglob("*.py")} <= names
        for name in names:
            assert released.files[f"program/grader/{name}"] == (home / name).read_bytes()

    def test_it_holds_what_a_student_needs_and_nothing_else(self, released: Bundle) -> None:
        names = {name for name in released.files if not name.startswith("program/")}
        exercises = load_exercises(REPOSITORY)
        wanted = {f"exercises/{name}/{file}" for name in exercises for file in files_of(name)}
        wanted |= {f"notebooks/{name}.ipynb" for name in exercises}
        wanted |= {f"questions/{path.stem}.md" for path in (REPOSITORY / "question_bank").glob("*.yaml")}
        assert released.left_out == ()
        assert names == wanted | {"README.md", "constraints.txt", ".gitignore"}

    def test_installing_is_pinned_by_names_and_versions_alone(self, released: Bundle) -> None:
        lines = released.files["constraints.txt"].decode().splitlines()
        assert {"numpy", "pytest", "hypothesis"} <= {line.split("==")[0] for line in lines}
        assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!_-]+", line) for line in lines)
        assert pins() == released.files["constraints.txt"].decode(), "the same every time"

    def test_every_stub_is_there_byte_for_byte_and_settings_are_read_again(
        self, released: Bundle, tmp_path: Path
    ) -> None:
        for name, data in released.files.items():
            if name.startswith("exercises/"):
                (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name).write_bytes(data)
        again, findings = read_exercises(tmp_path)
        assert not findings
        for name, exercise in load_exercises(REPOSITORY).items():
            assert again[name].stub.read_bytes() == exercise.stub.read_bytes()
            assert again[name].functions == exercise.functions
            assert (again[name].hints, again[name].limits) == (exercise.hints, exercise.limits)
            assert again[name].source == ()


def files_of(name: str) -> tuple[str, ...]:
    return f"{name}.py", "README.md", "exercise.yaml", "test_public.py"


def squeezed(text: str) -> str:
    return " ".join(text.split())


def texts_under(value: Any, names: tuple[str, ...], *, inside: bool = False) -> Iterator[str]:
    """The texts that stand under one of the names."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from texts_under(inner, names, inside=inside or key in names)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_under(inner, names, inside=inside)
    elif inside and isinstance(value, str):
        yield value


class TestPlanted:
    """Markers in everything that stays."""

    @pytest.fixture
    def planted(self, small_course: Path) -> Path:
        for path in (small_course / "solutions").rglob("*.py"):
            append(path, f'\n# {MARKER}\nPLANTED = "{MARKER}"\n')
        append(small_course / "exercises/toolbox/exercise.yaml", f"# {MARKER}\n")
        settings = small_course / "exercises/toolbox/exercise.yaml"
        settings.write_text(settings.read_text("utf-8").replace("test/T-1", MARKER), "utf-8")
        (small_course / "exercises/toolbox/notes.txt").write_text(MARKER, "utf-8")
        (small_course / "exercises/toolbox/.solution.py").write_text(MARKER, "utf-8")
        (small_course / "notes.md").write_text(MARKER, "utf-8")
        (small_course / "question_bank").mkdir(exist_ok=True)
        bank = small_course / "question_bank/planted.yaml"
        bank.write_text(BANK, "utf-8")
        return small_course

    def test_none_is_found_in_any_byte(self, planted: Path) -> None:
        done = grade(planted, "release", "handout")
        assert done.returncode == 0, done.stderr
        files = [path for path in (planted / "handout").rglob("*") if path.is_file()]
        assert len(files) > 20
        assert not [path for path in files if MARKER.encode() in path.read_bytes()]
        assert "left out: exercises/toolbox/notes.txt" in done.stderr
        questions = (planted / "handout/questions/planted.md").read_text("utf-8")
        assert questions.index("- A. a wrong one") < questions.index("- B. the right one")
        assert "Your answer is a number, in ms." in questions


BANK = f"""\
topic: planted
items:
  - id: {MARKER}
    type: single_choice
    stem: Which one?
    options:
      - key: the right one
        feedback: {MARKER} it is.
      - distractor: a wrong one
        feedback: Not {MARKER}.
      - none_of_the_above
    explanation: Because of {MARKER}.
    difficulty: 2
    source: [002_004/S4-503]
  - id: {MARKER}-2
    type: short_answer
    stem: How many?
    answer: {{number: 7349, tolerance: {{relative: 0.1}}, unit: ms}}
    near_misses:
      - {{number: 734, feedback: "{MARKER}"}}
    explanation: {MARKER}
    difficulty: 2
"""


class TestQuestions:
    @pytest.mark.parametrize(
        ("entry", "shown"),
        [
            ({"type": "true_false", "answer": True}, {}),
            (
                {"type": "matching", "pairs": [{"left": "b", "right": "z"}, {"left": "a", "right": "y"}]},
                {"left": ["b", "a"], "options": ["y", "z"]},
            ),
            ({"type": "ordering", "steps": ["second", "first"]}, {"options": ["first", "second"]}),
            (
                {"type": "table", "columns": ["c"], "rows": [["text", {"number": 3}]]},
                {"columns": ["c"], "rows": [["text", ""]]},
            ),
            ({"type": "essay", "answer": "x", "rubric": [{"criterion": "y"}]}, {}),
            ({"type": "code", "exercise": "softmax_loss"}, {"exercise": "softmax_loss"}),
            (
                {"type": "parts", "parts": [{"type": "true_false", "stem": "s", "answer": True}]},
                {"parts": [{"type": "true_false", "stem": "s"}]},
            ),
            (
                {"type": "short_answer", "answer": {"shape": [3]}},
                {"kind": "a shape, such as 8x3x32x32", "unit": None},
            ),
        ],
    )
    def test_a_type_shows_what_it_needs(self, entry: dict[str, Any], shown: dict[str, Any]) -> None:
        asked = as_asked({"stem": "Why?", **entry})
        assert asked == {"type": entry["type"], "stem": "Why?", **shown}
        assert questions_markdown("t", [asked]).startswith("# Questions: t\n\n## Question 1\n\nWhy?")

    @given(
        st.sampled_from(sorted(SHOWN)),
        st.dictionaries(st.text("abcdefg_", min_size=4), st.just(MARKER)),
        st.dictionaries(
            st.sampled_from(["answer", "options", "pairs", "steps", "rows", "columns", "parts", "extras"]),
            st.just({"surprise": MARKER, "number": MARKER, "feedback": MARKER}) | st.just([{"new": MARKER}]),
        ),
    )
    def test_a_field_that_is_added_later_is_hidden(
        self, kind: str, unknown: dict[str, str], odd: dict[str, Any]
    ) -> None:
        asked = as_asked({**unknown, **odd, "type": kind, "stem": "s"})
        assert asked is not None
        if kind not in ("ordering", "table", "matching"):  # whose cells are texts, and these are mappings
            assert MARKER not in str(asked)

    @pytest.mark.parametrize(
        "entry",
        [
            {"type": "riddle", "stem": "s"},
            {"type": "true_false", "stem": "{{ n }} is even"},
        ],
    )
    def test_what_cannot_be_shown_is_left_out(self, entry: dict[str, Any]) -> None:
        assert as_asked(entry) is None


class TestCommand:
    def test_a_folder_that_holds_something_is_left_alone(self, small_course: Path) -> None:
        (small_course / "handout").mkdir()
        (small_course / "handout/mine.txt").write_text("mine", "utf-8")
        done = grade(small_course, "release", "handout")
        assert done.returncode == 2
        assert "is not empty; `--force`" in done.stderr
        assert [path.name for path in (small_course / "handout").iterdir()] == ["mine.txt"]
        assert grade(small_course, "release", "handout", "--force").returncode == 0
        assert (small_course / "handout/mine.txt").exists()

    @pytest.mark.parametrize("folder", [".", "exercises", "exercises/new", "solutions/toolbox", ".."])
    def test_the_course_itself_is_no_place_for_it(self, small_course: Path, folder: str) -> None:
        before = sorted(small_course.rglob("*"))
        done = grade(small_course, "release", folder, "--force")
        assert done.returncode == 2
        assert "belongs to the course itself" in done.stderr
        assert sorted(small_course.rglob("*")) == before

    def test_neither_a_link_nor_a_file_is_written_to(self, small_course: Path) -> None:
        (small_course / "real").mkdir()
        (small_course / "link").symlink_to("real")
        (small_course / "file").write_text("", "utf-8")
        assert "is a link" in grade(small_course, "release", "link/out").stderr
        assert "is no folder" in grade(small_course, "release", "file").stderr

    def test_a_stub_that_somebody_has_solved_is_refused(self, small_course: Path) -> None:
        shutil.copy(small_course / "solutions/toolbox/toolbox.py", small_course / STUB)
        done = grade(small_course, "release", "handout")
        assert done.returncode == 2
        assert "stub-passes: the stub passes `test_zero_doubled_is_zero`" in done.stderr
        assert not (small_course / "handout").exists()


@pytest.fixture(scope="module")
def students(tmp_path_factory: pytest.TempPathFactory, recorded_course: Path) -> Path:
    """A bundle of the small course, somewhere else."""
    folder = tmp_path_factory.mktemp("students")
    done = grade(recorded_course, "release", str(folder / "bundle"))
    assert done.returncode == 0, done.stderr
    return folder / "bundle"


class TestInABundle:
    """Every command does what it can there, and says who does the rest."""

    @pytest.mark.parametrize(
        ("command", "code", "told"),
        [
            ("toolbox", 1, "0 of 1 public promises kept"),
            ("toolbox", 1, "The points come from hidden tests, which run where you hand in."),
            ("--debug toolbox", 1, "does not count"),
            ("list", 0, "Toolbox"),
            ("hint toolbox --again", 0, "hint"),
            ("watch toolbox", 0, "0 of 1 promises kept"),
            ("solution toolbox", 1, "your instructor has it"),
            ("new notebook toolbox -o elsewhere", 0, "toolbox.ipynb"),
            ("explain stub-passes", 0, "What:"),
            ("doctor", None, "isolation:"),
            ("quiz", 2, "the questions with their answers stay with your instructor"),
            ("quiz losses", 2, "the questions with their answers stay with your instructor"),
            ("midterm", 2, "the questions with their answers stay with your instructor"),
            ("score mine.yaml", 2, "the questions with their answers stay with your instructor"),
            ("audit question_bank", 2, "the questions with their answers stay with your instructor"),
            ("audit --coverage", 2, "the questions with their answers stay with your instructor"),
            ("preview losses-1", 2, "the questions with their answers stay with your instructor"),
            ("fmt", 2, "the questions with their answers stay with your instructor"),
            ("schema", 0, "$schema"),
            ("new item true_false", 0, "true_false"),
            ("audit", 2, "hidden tests and solutions stay with your instructor"),
            ("batch exercises -o out", 2, "hidden tests and solutions stay with your instructor"),
            ("release out", 2, "hidden tests and solutions stay with your instructor"),
            ("demo", 2, "the demo runs in a clone"),
        ],
    )
    def test_a_command(self, students: Path, command: str, code: int | None, told: str) -> None:
        done = grade(students, *command.split())
        assert told in done.stdout + done.stderr
        assert "our fault" not in done.stderr
        assert code is None or done.returncode == code

    def test_a_solution_keeps_the_public_promises(
        self, students: Path, tmp_path: Path, toolbox_reference: str
    ) -> None:
        (tmp_path / "mine.py").write_text(toolbox_reference, "utf-8")
        done = grade(students, "toolbox", "--submission", str(tmp_path / "mine.py"))
        assert done.returncode == 0
        assert "1 of 1 public promises kept" in done.stdout
