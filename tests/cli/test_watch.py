"""`grade watch` as an editor and a student meet it: real files, real processes, real terminals."""

import os
import pty
import queue
import re
import shutil
import signal
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_mark import STUB, grade

PATIENCE = 60.0
"""For whatever should have happened long before; nothing is timed."""
PROMPT = "n next"


class Watch:
    """A running `grade watch` over plain pipes."""

    def __init__(self, course: Path, *arguments: str) -> None:
        self.stub = course / STUB
        usual = {name: value for name, value in os.environ.items() if name not in ("CI", "GITHUB_ACTIONS")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "grader.cli", "watch", *arguments],
            cwd=course,
            env=usual,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.put(line)

    def until(self, wanted: str) -> str:
        """What is said up to a line that holds the wanted text."""
        said, deadline = "", time.monotonic() + PATIENCE
        while wanted not in said.rsplit("\n", 2)[-2:][0]:
            try:
                said += self.lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"{wanted!r} was never said, but: {said}")
        return said

    def step(self) -> str:
        """The next step, to its last line."""
        return self.until(PROMPT)

    def say(self, command: str) -> None:
        if self.process.stdin:
            self.process.stdin.write(f"{command}\n")
            self.process.stdin.flush()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()

    def save(self, text: str) -> None:
        """As most editors do: written beside and moved into the place."""
        beside = self.stub.with_suffix(".tmp")
        beside.write_text(text, "utf-8")
        beside.replace(self.stub)


@pytest.fixture
def watch(small_course: Path) -> Iterator[Watch]:
    running = Watch(small_course, "toolbox")
    yield running
    running.end()


def test_each_save_is_marked_and_one_promise_shown(watch: Watch, toolbox_reference: str) -> None:
    first = watch.step()
    assert first.count("✗") == 1, "one promise at a time"
    assert "Twice nothing is nothing." in first, "public tests come first"
    assert "0 of 1 exercise solved" in first

    watch.save(toolbox_reference + "\ndef double(x): return 3 * x, float(3 * x.sum())\n")
    second = watch.step()
    assert "`y` is twice `x`" in second, "then the hidden ones"
    assert "triples instead of doubling" in second
    assert "5 of 6 promises kept" in second

    watch.save(toolbox_reference)
    third = watch.step()
    assert "Every promise is kept." in third
    assert "1 of 1 exercise solved" in third
    watch.say("q")
    assert watch.process.wait(PATIENCE) == 0


def test_commands_are_lines_where_no_terminal_is(watch: Watch) -> None:
    watch.step()
    watch.say("n")
    assert "shown: 2 of 6" in watch.step()
    watch.say("hint")
    watch.until("Hint 1 of 2: The first hint.")
    watch.say("ALL")
    assert "isolation" in watch.until("isolation")
    watch.say("what?")
    watch.until(PROMPT)
    assert watch.process.stdin
    watch.process.stdin.close()
    assert watch.process.wait(PATIENCE) == 0


def test_half_a_file_a_missing_file_and_an_empty_one_are_survived(
    watch: Watch, toolbox_reference: str
) -> None:
    watch.step()
    watch.stub.write_text("def double(x:\n", "utf-8")
    assert "SyntaxError" in watch.step()
    watch.stub.unlink()
    assert "Nothing was handed in" in watch.step()
    watch.stub.write_text("", "utf-8")
    assert "`double` is not defined" in watch.step()
    watch.stub.unlink()
    watch.stub.mkdir()
    assert "Nothing was handed in" in watch.step(), "a folder in its place"
    watch.stub.rmdir()
    watch.save(toolbox_reference)
    assert "Every promise is kept." in watch.step()


def test_tests_that_change_are_read_again(watch: Watch, small_course: Path) -> None:
    watch.step()
    tests = small_course / "solutions/toolbox/test_hidden.py"
    text = tests.read_text("utf-8")
    tests.write_text("def test_x(:\n", "utf-8")
    watch.until("tests-unreadable")
    watch.until("cure:")
    tests.write_text(text.replace("What was split can be joined again.", "Joined."), "utf-8")
    watch.step()
    watch.say("a")
    assert "Joined." in watch.until("isolation")


def test_an_interrupt_quits(watch: Watch) -> None:
    watch.step()
    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait(PATIENCE) == 0


def test_what_cannot_be_kept_is_told_and_the_watch_goes_on(watch: Watch, small_course: Path) -> None:
    watch.step()
    shutil.rmtree(small_course / ".grade")
    (small_course / ".grade").write_text("in the way", "utf-8")
    watch.say("h")
    watch.until("cannot be written")
    watch.say("n")
    watch.step()


def test_without_input_it_marks_once_and_ends(small_course: Path) -> None:
    done = grade(small_course, "watch", "toolbox")
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 of 1 exercise solved" in done.stdout


def test_without_a_name_any_exercise_is_watched_and_next_goes_on(
    small_course: Path, toolbox_reference: str
) -> None:
    for part in ("exercises", "solutions"):
        shutil.copytree(small_course / part / "toolbox", small_course / part / "other")
        (small_course / part / "other/toolbox.py").rename(small_course / part / "other/other.py")
    (small_course / STUB).write_text(toolbox_reference, "utf-8")
    running = Watch(small_course)
    try:
        assert "other  0 / 5.5" in running.step()
        running.save(toolbox_reference + "\n")
        assert "toolbox  5.5 / 5.5" in running.step()
        running.say("n")
        assert "1 of 2 exercises solved" in running.step(), "the one that is not solved"
    finally:
        running.end()


def test_an_unknown_name_is_wrong_usage(small_course: Path) -> None:
    done = grade(small_course, "watch", "toolbx")
    assert done.returncode == 2
    assert "Did you mean `toolbox`?" in done.stderr


def test_at_a_terminal_a_key_is_enough_and_the_terminal_is_left_as_it_was(small_course: Path) -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    process = subprocess.Popen(
        [sys.executable, "-m", "grader.cli", "watch", "toolbox"],
        cwd=small_course,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "CI": "", "TERM": "xterm", "NO_COLOR": "1"},
    )
    said = ""
    while PROMPT not in said:
        said += os.read(ours, 4096).decode("utf-8", "replace")
    os.write(ours, b"h")
    while "Hint 1 of 2" not in said:
        said += os.read(ours, 4096).decode("utf-8", "replace")
    os.write(ours, b"q")
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert process.returncode == 0
    assert re.search(r"\x1b\[2J", said), "each step on a clear screen"
    assert termios.tcgetattr(theirs) == before
