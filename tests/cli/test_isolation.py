"""`--isolation`, `grade doctor` and the reports of runs that were refused or killed."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.cli import isolation
from grader.sandbox.client import Isolation
from grader.sandbox.probes import ATTACKS
from tests.cli.test_mark import STUB, grade
from tests.conftest import HAS_SECCOMP

WALLS = pytest.mark.skipif(not HAS_SECCOMP, reason="the walls are made of Linux with libseccomp")
UNWALLED = (
    "from grader.sandbox import process\n"
    "command = process._command\n"
    "process._command = lambda mode, descriptor: command('open', descriptor)\n"
    "import grader.cli\n"
    "grader.cli.main()"
)
"""The program on a machine where no walls can be put up."""
DISPROVED = (
    "import grader.sandbox.probes as probes\n"
    "probes.prove = lambda sandbox: [probes.Probe('reads a file', True)]\n"
    "import grader.cli\n"
    "grader.cli.main()"
)
"""The program on a machine whose walls do not hold."""


def run(program: str, course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=course,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@WALLS
class TestDoctor:
    def test_it_tries_every_attack_and_exits_with_0_where_all_are_stopped(self, small_course: Path) -> None:
        done = grade(small_course, "doctor")
        assert done.returncode == 0
        assert done.stdout.startswith("isolation: strict\n")
        for what in ATTACKS.values():
            assert f"✓ stopped   {what}" in done.stdout


class TestIsolation:
    @pytest.mark.parametrize("wanted", [pytest.param("strict", marks=WALLS), "process"])
    def test_the_report_names_what_was_asked_for(self, small_course: Path, wanted: str) -> None:
        done = grade(small_course, "toolbox", "--isolation", wanted, "--format", "json")
        assert json.loads(done.stdout)["isolation"] == wanted

    def test_every_report_names_it_in_the_terminal_too(self, small_course: Path) -> None:
        assert "isolation: process" in grade(small_course, "--isolation", "process").stdout

    @pytest.mark.parametrize(
        ("environment", "usual"),
        [
            ({}, Isolation.AUTO),
            ({"CI": "true"}, Isolation.STRICT),
            ({"CI": "1"}, Isolation.STRICT),
            ({"GITHUB_ACTIONS": "true"}, Isolation.STRICT),
            ({"CI": "false"}, Isolation.AUTO),
            ({"CI": ""}, Isolation.AUTO),
        ],
    )
    def test_it_is_strict_on_ci(
        self, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], usual: Isolation
    ) -> None:
        for name in ("CI", "GITHUB_ACTIONS"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        assert isolation.usual() is usual

    def test_it_is_strict_on_gradescope(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.delenv("CI", raising=False)
        monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
        monkeypatch.setattr(isolation, "GRADESCOPE", tmp_path)
        assert isolation.usual() is Isolation.STRICT


def test_a_python_without_assert_marks_nothing(small_course: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-O", "-m", "grader.cli"],
        cwd=small_course,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "without `assert`" in done.stderr


class TestRefusal:
    @pytest.mark.parametrize(
        ("program", "reason"),
        [(UNWALLED, "is not to be had here"), pytest.param(DISPROVED, "reads a file", marks=WALLS)],
    )
    def test_strict_without_its_walls_marks_nothing_and_says_why(
        self, small_course: Path, tmp_path: Path, program: str, reason: str
    ) -> None:
        report = tmp_path / "report.json"
        done = run(
            program, small_course, "--isolation", "strict", "--format", "json", "--output", str(report)
        )
        assert done.returncode == 2
        assert reason in done.stderr
        assert "`grade doctor` shows" in done.stderr
        tree = json.loads(report.read_text("utf-8"))
        assert (tree["status"], tree["score"], tree["exercises"]) == ("refused", None, [])
        assert reason in tree["message"]

    def test_auto_marks_without_them_and_says_so(self, small_course: Path) -> None:
        done = run(UNWALLED, small_course, "--isolation", "auto", "--format", "json")
        assert (done.returncode, json.loads(done.stdout)["isolation"]) == (1, "process")

    def test_the_doctor_says_what_is_missing_and_exits_with_1(self, small_course: Path) -> None:
        done = run(UNWALLED, small_course, "doctor")
        assert done.returncode == 1
        assert "isolation: process" in done.stdout
        assert "✗ possible  reads a file" in done.stdout


class TestReportsThatAreAlwaysThere:
    def test_what_stops_a_run_takes_the_place_of_an_older_report(
        self, small_course: Path, tmp_path: Path
    ) -> None:
        report = tmp_path / "report.json"
        grade(small_course, "--format", "json", "--output", str(report))
        for arguments in (["--submission", "nowhere.py"], ["nothing"]):
            done = grade(small_course, *arguments, "--format", "json", "--output", str(report))
            assert done.returncode == 2
            tree = json.loads(report.read_text("utf-8"))
            assert (tree["status"], tree["score"]) == ("refused", None)

    def test_a_report_is_not_written_over_the_submission(self, small_course: Path) -> None:
        stub = small_course / STUB
        before = stub.read_bytes()
        done = grade(small_course, "--submission", str(stub), "--output", str(stub))
        assert (done.returncode, stub.read_bytes()) == (2, before)
        assert "a report is not called `toolbox.py`" in done.stderr
        plain = stub.rename(stub.with_suffix(".txt"))
        done = grade(small_course, "toolbox", "--submission", str(plain), "--output", str(plain))
        assert (done.returncode, plain.read_bytes()) == (2, before)
        assert "which it is about" in done.stderr

    @pytest.mark.parametrize("ending", ["mine/toolbox.py", "mine", "mine/"])
    def test_a_link_on_the_way_does_not_make_a_submission_of_anothers(
        self, small_course: Path, tmp_path: Path, ending: str
    ) -> None:
        (tmp_path / "mine").symlink_to(small_course / "solutions" / "toolbox")
        for path in (tmp_path / ending, Path(os.path.relpath(tmp_path / ending, small_course))):
            done = grade(small_course, "--submission", str(path))
            assert done.returncode == 2
            assert "is a link; give the file or folder that it points to" in done.stderr

    def test_a_variable_that_is_not_set_is_not_the_current_folder(self, small_course: Path) -> None:
        for option in ("--submission", "--output"):
            done = grade(small_course, option, "")
            assert (done.returncode, "is a variable not set?" in done.stderr) == (2, True)

    def test_a_stub_that_is_a_link_costs_its_own_exercise(self, small_course: Path) -> None:
        stub = small_course / STUB
        stub.rename(stub.with_name("other.txt"))
        stub.symlink_to("other.txt")
        done = grade(small_course, "--format", "json")
        assert (done.returncode, json.loads(done.stdout)["exercises"][0]["status"]) == (1, "unreadable")

    def test_a_loop_of_links_is_told_in_one_line(self, small_course: Path, tmp_path: Path) -> None:
        (tmp_path / "a.txt").symlink_to("b.txt")
        (tmp_path / "b.txt").symlink_to("a.txt")
        for option in ("--submission", "--output"):
            done = grade(small_course, "toolbox", option, str(tmp_path / "a.txt"))
            assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)

    def test_a_program_without_standard_output_still_writes_its_report(self, small_course: Path) -> None:
        program = "import sys; sys.stdout = sys.stderr = None; import grader.cli; grader.cli.main()"
        done = run(program, small_course, "toolbox", "--format", "json", "--output", "r.json")
        assert done.returncode == 1
        assert json.loads((small_course / "r.json").read_text("utf-8"))["status"] == "finished"

    def test_a_link_in_a_folder_costs_its_own_exercise(self, small_course: Path, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "toolbox.py").symlink_to("/etc/passwd")
        done = grade(small_course, "--submission", str(folder), "--format", "json")
        assert (done.returncode, json.loads(done.stdout)["exercises"][0]["status"]) == (1, "unreadable")

    @pytest.mark.parametrize("name", [b"x\xff.py", b"a\n::error::b\x1b[31m.py"])
    def test_an_odd_file_name_neither_loses_the_report_nor_drives_a_log(
        self, small_course: Path, tmp_path: Path, name: bytes
    ) -> None:
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / os.fsdecode(name)).write_bytes(b"\xff")
        for form in ("json", "terminal"):
            report = tmp_path / "report"
            arguments = ["--submission", str(tmp_path / "in"), "--format", form, "--output", str(report)]
            assert grade(small_course, *arguments).returncode == 1
            text = report.read_text("utf-8")
            assert "unreadable" in text or "UTF-8" in text
            assert "\x1b" not in text
            assert not any(line.strip().startswith("::") for line in text.splitlines())

    def test_a_killed_grader_leaves_a_report_of_how_far_it_came(
        self, small_course: Path, tmp_path: Path
    ) -> None:
        (small_course / STUB).write_text("import time\ntime.sleep(60)\n", "utf-8")
        report = tmp_path / "report.json"
        command = [sys.executable, "-m", "grader.cli", "--format", "json", "--output", str(report)]
        running = subprocess.Popen(command, cwd=small_course, env=os.environ)
        try:
            while not report.exists() and running.poll() is None:
                time.sleep(0.02)
        finally:
            running.kill()
            running.wait()
        tree = json.loads(report.read_text("utf-8"))
        assert (tree["status"], tree["score"], tree["exercises"]) == ("running", None, [])

    def test_a_path_that_cannot_be_written_is_told_before_the_work(
        self, small_course: Path, tmp_path: Path
    ) -> None:
        marker = tmp_path / "collected"
        tests = small_course / "solutions/toolbox/test_hidden.py"
        tests.write_text(f"open({str(marker)!r}, 'w').close()\n" + tests.read_text("utf-8"), "utf-8")
        (tmp_path / "file").write_text("", "utf-8")
        done = grade(small_course, "--output", str(tmp_path / "file" / "report.json"))
        assert done.returncode == 2
        assert "cannot be written" in done.stderr
        assert not marker.exists()

    def test_a_finished_report_says_so(self, small_course: Path, tmp_path: Path) -> None:
        grade(small_course, "--format", "json", "--output", str(tmp_path / "report.json"))
        tree = json.loads((tmp_path / "report.json").read_text("utf-8"))
        assert (tree["status"], tree["message"]) == ("finished", None)
        assert tree["score"] is not None
