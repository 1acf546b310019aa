"""`grade`, `grade list` and `grade hint` as a student meets them: real processes, real folders."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli import COMMANDS
from tests.commands import run
from tests.conftest import REPOSITORY

STUB = "exercises/toolbox/toolbox.py"


def grade(course: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command in a folder, as an installed program does that is not on CI unless told so."""
    usual = {name: value for name, value in os.environ.items() if name not in ("CI", "GITHUB_ACTIONS")}
    return run(course, *arguments, environment={**usual, **environment})


@pytest.fixture
def solved(small_course: Path) -> Path:
    """The small course with its exercise solved."""
    (small_course / STUB).write_bytes((small_course / "solutions/toolbox/toolbox.py").read_bytes())
    return small_course


class TestMark:
    def test_a_solved_course_exits_with_0(self, solved: Path) -> None:
        done = grade(solved)
        assert (done.returncode, done.stderr) == (0, "")
        assert "5.5 / 5.5 points" in done.stdout

    def test_a_stub_exits_with_1_and_tells_each_promise(self, small_course: Path) -> None:
        done = grade(small_course, "toolbox")
        assert (done.returncode, done.stderr) == (1, "")
        assert "`double` is not written yet" in done.stdout
        assert grade(small_course, "toolbox", "--exit-zero").returncode == 0

    def test_it_works_from_any_folder_of_the_course(self, solved: Path) -> None:
        assert grade(solved / "exercises" / "toolbox").returncode == 0

    @pytest.mark.parametrize("words", [["--course", "{}"], ["--course={}"]])
    @pytest.mark.parametrize("command", [[], ["toolbox"], ["list"], ["hint", "toolbox"], ["mark", "toolbox"]])
    def test_a_course_can_be_named_and_the_folder_around_is_none(
        self, solved: Path, tmp_path: Path, words: list[str], command: list[str]
    ) -> None:
        (tmp_path / "mine" / "exercises").mkdir(parents=True)
        options = [word.format(solved) for word in words]
        assert grade(tmp_path / "mine", *options, *command).returncode == 0

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["--course", "nowhere"], "`nowhere` is no course: it holds neither"),
            (["--course"], "'--course' requires an argument"),
        ],
    )
    def test_a_folder_that_is_no_course_is_told(self, solved: Path, words: list[str], told: str) -> None:
        done = grade(solved, *words)
        assert done.returncode == 2
        assert told in done.stderr

    def test_the_report_can_go_to_a_file(self, solved: Path) -> None:
        done = grade(solved, "toolbox", "--format", "json", "--output", "out/report.json")
        assert (done.returncode, done.stdout) == (0, "")
        assert json.loads((solved / "out/report.json").read_text("utf-8"))["version"] == 1

    def test_a_submission_elsewhere_leaves_the_working_copy_alone(self, small_course: Path) -> None:
        reference = "solutions/toolbox/toolbox.py"
        done = grade(small_course, "toolbox", "--submission", reference, "--format", "json")
        assert done.returncode == 0
        assert json.loads(done.stdout)["score"] == {"earned": 5.5, "possible": 5.5}
        assert not (small_course / ".grade").exists()

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["toolbx"], "Did you mean `toolbox`?"),
            (["--submission", "nowhere.py"], "nothing at `nowhere.py`"),
            (["--submission", "work.rar"], "nothing at `work.rar`"),
            (["--format", "xml"], "'xml' is not one of"),
            (["--output", "/proc/none/report"], "cannot be written"),
            (["list", "--colour"], "No such option"),
        ],
    )
    def test_wrong_usage_exits_with_2_and_one_clear_sentence(
        self, solved: Path, arguments: list[str], told: str
    ) -> None:
        done = grade(solved, *arguments)
        assert done.returncode == 2
        assert told in done.stderr
        assert "Traceback" not in done.stderr

    def test_outside_a_course_it_says_where_to_go(self, tmp_path: Path) -> None:
        done = grade(tmp_path)
        assert done.returncode == 2
        assert "no course found" in done.stderr

    def test_a_syntax_error_is_a_report_with_its_line(self, small_course: Path) -> None:
        (small_course / STUB).write_text("def double(x:\n", "utf-8")
        done = grade(small_course, "--format", "json")
        exercise = json.loads(done.stdout)["exercises"][0]
        assert (done.returncode, done.stderr) == (1, "")
        assert exercise["status"] == "unreadable"
        assert "at line 1" in exercise["message"]
        assert {test["verdict"] for test in exercise["tests"]} == {"failed"}

    def test_a_missing_working_copy_is_not_submitted(self, small_course: Path) -> None:
        (small_course / STUB).unlink()
        done = grade(small_course, "--submission", "question_bank", "--format", "json")
        assert done.returncode == 2
        (small_course / "empty").mkdir()
        done = grade(small_course, "--submission", "empty", "--format", "json")
        assert done.returncode == 2, "the course itself lacks its stub"

    def test_an_empty_folder_is_not_submitted(self, small_course: Path) -> None:
        (small_course / "empty").mkdir()
        done = grade(small_course, "--submission", "empty", "--format", "json")
        assert done.returncode == 1
        assert json.loads(done.stdout)["exercises"][0]["status"] == "not_submitted"

    def test_students_without_solutions_see_their_public_tests(self, solved: Path) -> None:
        for path in (solved / "solutions" / "toolbox").iterdir():
            path.unlink()
        (solved / "solutions" / "toolbox").rmdir()
        done = grade(solved)
        assert done.returncode == 0
        assert "1 of 1 public promises kept" in done.stdout

    def test_a_broken_test_exits_with_3(self, solved: Path) -> None:
        tests = solved / "solutions/toolbox/test_hidden.py"
        added = "\n\ndef test_ours(student):\n    no_such_name\n"
        tests.write_text(tests.read_text("utf-8") + added, "utf-8")
        done = grade(solved)
        assert done.returncode == 3
        assert "at fault, not your code" in done.stdout

    def test_a_bare_assert_says_what_came_back(self, solved: Path) -> None:
        # Here and not with the other sentences: in this process pytest rewrites what an assert says.
        tests = solved / "solutions/toolbox/test_hidden.py"
        wanted = 'assert_equal(student.tally(state, 2), 5, name="count")'
        text = tests.read_text("utf-8").replace(wanted, "assert student.tally(state, 2) == 5")
        tests.write_text(text, "utf-8")
        with (solved / STUB).open("a", encoding="utf-8") as stub:
            stub.write("\n\ndef tally(state, step):\n    return 7\n")
        done = grade(solved)
        assert done.returncode == 1
        assert "The promise is not kept: `tally` returned 7." in done.stdout

    def test_tests_that_cannot_be_collected_are_a_finding(self, solved: Path) -> None:
        (solved / "solutions/toolbox/test_hidden.py").write_text("def test_x(:\n", "utf-8")
        done = grade(solved)
        assert done.returncode == 2
        assert "tests-unreadable" in done.stderr
        assert "cure:" in done.stderr

    def test_pytest_files_and_options_of_the_student_change_nothing(self, solved: Path) -> None:
        (solved / "exercises/toolbox/conftest.py").write_text("raise SystemExit(0)\n", "utf-8")
        (solved / "pytest.ini").write_text("[pytest]\naddopts = --collect-only\n", "utf-8")
        assert grade(solved, PYTEST_ADDOPTS="-k nothing").returncode == 0

    def test_no_color_is_written_to_a_pipe(self, small_course: Path) -> None:
        assert "\x1b" not in grade(small_course).stdout


class TestHelp:
    def test_help_lists_every_command_without_importing_numpy(self, small_course: Path) -> None:
        code = (
            "import sys, grader.cli as c\n"
            "try: c.main()\nfinally: print('numpy' in sys.modules, file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, "--help"],
            capture_output=True,
            text=True,
            cwd=small_course,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0
        assert "midterm" in done.stdout
        assert done.stderr.strip().endswith("False")

    @pytest.mark.parametrize("command", sorted(COMMANDS))
    def test_every_command_has_help_and_stands_in_the_readme(self, small_course: Path, command: str) -> None:
        text = (REPOSITORY / "README.md").read_text("utf-8")
        assert re.search(rf"\bgrade {command}\b", text) or command == "mark", "`grade` itself"
        done = grade(small_course, command, "--help")
        assert done.returncode == 0
        assert len(done.stdout.splitlines()) > 4
        readme = (Path(__file__).parent.parent.parent / "README.md").read_text("utf-8")
        assert f"grade {command}" in readme or command == "mark"


class TestProgress:
    def test_list_shows_what_was_reached(self, solved: Path) -> None:
        assert "not marked yet" in grade(solved, "list").stdout
        grade(solved)
        assert "6 of 6" in grade(solved, "list").stdout

    def test_hints_come_one_by_one_and_are_remembered(self, small_course: Path) -> None:
        told = [grade(small_course, "hint", "toolbox").stdout for _ in range(3)]
        assert told[0] == "Hint 1 of 2: The first hint.\n"
        assert told[1] == "Hint 2 of 2: The second hint.\n"
        assert "all 2 hints" in told[2]
        assert grade(small_course, "hint", "toolbox", "--again").stdout == told[0] + told[1]

    @pytest.mark.parametrize(
        "text",
        [
            '{"standings": 3',
            '{"standings": {}, "hints": {"toolbox": -5}}',
            '{"standings": {"toolbox": {"earned": "1e999999999", "possible": "1"}}, "hints": {}}',
            "[" * 100_000,
            " " * 2**21,
        ],
    )
    def test_a_damaged_progress_file_is_begun_anew(self, small_course: Path, text: str) -> None:
        (small_course / ".grade").mkdir()
        (small_course / ".grade" / "progress.json").write_text(text, "utf-8")
        assert grade(small_course, "hint", "toolbox").stdout.startswith("Hint 1")

    def test_a_pipe_in_its_place_is_not_waited_for(self, small_course: Path) -> None:
        (small_course / ".grade").mkdir()
        os.mkfifo(small_course / ".grade" / "progress.json")
        assert grade(small_course, "list").returncode == 0

    def test_a_hint_for_an_unknown_exercise_is_wrong_usage(self, small_course: Path) -> None:
        done = grade(small_course, "hint", "toolbix")
        assert done.returncode == 2
        assert "Did you mean `toolbox`?" in done.stderr
