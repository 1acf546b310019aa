"""What the tests of a batch share: folders of submissions, and two ways to run `grade batch` on them."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import pytest
from click.testing import CliRunner

from grader.cli.batch import batch as command
from grader.errors import GradeError
from tests.conftest import HAS_SECCOMP

A = TypeVar("A")
R = TypeVar("R")

STRICT = "strict" if HAS_SECCOMP else "process"
BROKEN = "def double(x):\n    return 3 * x, 0.0\n"
HANGS = "while True: pass\n"


class InlineEngine:
    """Does the work in this process, at once."""

    in_flight = 1

    def submit(self, work: Callable[[A], R], argument: A) -> Future[R]:
        future: Future[R] = Future()
        try:
            future.set_result(work(argument))
        except Exception as error:
            future.set_exception(error)
        return future

    def alone(self, work: Callable[[A], R], argument: A) -> R:
        return work(argument)

    def mend(self) -> None:
        """Nothing is broken."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is open."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    stdout: str
    stderr: str


class Batch:
    """A copy of the small course, submissions for it, and the folder that the results go to."""

    def __init__(self, course: Path) -> None:
        self.course = course
        self.submissions = course.parent / "submissions"
        self.out = course.parent / "out"
        self.submissions.mkdir()
        self.tests = course / "solutions/toolbox/test_hidden.py"
        self.reference = (course / "solutions/toolbox/toolbox.py").read_text("utf-8")

    def hand_in(self, texts: Mapping[str, str]) -> None:
        for name, text in texts.items():
            path = self.submissions / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")

    def change_tests(self, before: str, after: str) -> None:
        text = self.tests.read_text("utf-8")
        assert before in text
        self.tests.write_text(text.replace(before, after), "utf-8")

    def run(self, *options: str, isolation: str = "process", paths: tuple[str, ...] = ()) -> Done:
        """`grade batch` in this process."""
        arguments = [*(paths or [str(self.submissions)]), "-o", str(self.out), "--isolation", isolation]
        result = CliRunner().invoke(command, [*arguments, *options], standalone_mode=False)
        if isinstance(result.exception, GradeError):
            return Done(2, result.stdout, str(result.exception))
        if result.exception:
            raise result.exception
        return Done(int(result.return_value), result.stdout, result.stderr)

    def start(self, out: Path, *options: str) -> subprocess.Popen[str]:
        """`grade batch` as a process of its own, with worker processes."""
        arguments = [str(self.submissions), "-o", str(out), "--isolation", STRICT, *options]
        return subprocess.Popen(
            [sys.executable, "-m", "grader.cli", "batch", *arguments],
            cwd=self.course,
            env=os.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def end(self, running: subprocess.Popen[str]) -> Done:
        """Waits for a process that was started."""
        try:
            stdout, stderr = running.communicate(timeout=100)
        finally:
            running.kill()
        return Done(running.returncode, stdout, stderr)

    def scores(self) -> dict[str, dict[str, str]]:
        with (self.out / "scores.csv").open(encoding="utf-8", newline="") as file:
            return {row["submission"]: row for row in csv.DictReader(file)}

    def summary(self) -> dict[str, Any]:
        tree: dict[str, Any] = json.loads((self.out / "summary.json").read_text("utf-8"))
        return tree

    def report(self, name: str) -> dict[str, Any]:
        tree: dict[str, Any] = json.loads((self.out / "reports" / f"{name}.json").read_text("utf-8"))
        return tree


@pytest.fixture
def batch(small_course: Path, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """A batch whose work is done in this process when it is `run`."""
    monkeypatch.chdir(small_course)
    monkeypatch.setattr("grader.cli.batch._engine", lambda scheduler, workers: InlineEngine())
    return Batch(small_course)
