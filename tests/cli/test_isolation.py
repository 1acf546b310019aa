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
    "import grader.cli.isolation as isolation\n"
    "from grader.sandbox.probes import Probe\n"
    "isolation.prove = lambda sandbox: [Probe('reads a file', True)]\n"
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
