"""`grade quiz`, `grade midterm` and `grade score` as people meet them: real processes, real folders."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands import run
from tests.conftest import REPOSITORY

RIGHT = "t\nf\nA\nAC\nC\n260\n8x1x28x28\n"
"""The answers to the tiny bank in its own order."""
SAVED = ".grade/quiz/tiny.yaml"


def grade(course: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return run(course, *arguments, typed=typed, environment=os.environ)


class TestQuiz:
    @pytest.fixture
    def course(self, small_course: Path) -> Path:
        # A topic and a blueprint of one name: the topic is meant.
        (small_course / "question_bank/blueprints/tiny.yaml").rename(
            small_course / "question_bank/blueprints/paper.yaml"
        )
        return small_course

    def test_without_a_name_it_lists_what_there_is(self, course: Path) -> None:
        done = grade(course, "quiz")
        assert done.returncode == 0
        assert "tiny (7 items)" in done.stdout
        assert "paper" in done.stdout

    def test_right_answers_earn_everything(self, course: Path) -> None:
        done = grade(course, "quiz", "tiny", typed=RIGHT)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Total: 26 / 26 points" in done.stdout

    def test_formulas_are_shown_readably(self, course: Path) -> None:
        assert "The derivative of x² is x." in grade(course, "quiz", "tiny", typed="t\n").stdout

    def test_an_answer_that_cannot_be_read_is_asked_again(self, course: Path) -> None:
        done = grade(course, "quiz", "tiny", typed="perhaps\n" + RIGHT)
        assert "answer with true or false" in done.stdout
        assert "Total: 26 / 26 points" in done.stdout

    def test_it_goes_on_where_it_was_left(self, course: Path) -> None:
        first = grade(course, "quiz", "tiny", typed="t\nf\nq\n")
        assert "Saved after 2 of 7" in first.stdout
        second = grade(course, "quiz", "tiny", typed="A\nAC\nC\n260\n8x1x28x28\n")
        assert "The gradient of a constant" not in second.stdout
        assert "Total: 26 / 26 points" in second.stdout

    def test_the_end_of_the_input_leaves_with_everything_saved(self, course: Path) -> None:
        done = grade(course, "quiz", "tiny", typed="t\n")
        assert done.returncode == 0
        assert "Saved after 1 of 7" in done.stdout

    def test_a_killed_quiz_has_saved_every_answer(self, course: Path) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "grader.cli", "quiz", "tiny"],
            cwd=course,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )
        assert process.stdin is not None
        process.stdin.write(b"t\nf\n")
        process.stdin.flush()
        give_up = time.monotonic() + 30
        while "tiny-false" not in _read(course / SAVED) and time.monotonic() < give_up:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdin.close()
        assert "Total: 26 / 26" in grade(course, "quiz", "tiny", typed="A\nAC\nC\n260\n8x1x28x28\n").stdout

    def test_what_was_saved_can_be_scored(self, course: Path) -> None:
        grade(course, "quiz", "tiny", typed=RIGHT)
        done = grade(course, "score", SAVED)
        assert done.returncode == 0
        assert "Total: 26 / 26 points" in done.stdout

    def test_restart_begins_anew(self, course: Path) -> None:
        grade(course, "quiz", "tiny", typed="f\nq\n")
        assert "Total: 26 / 26 points" in grade(course, "quiz", "tiny", "--restart", typed=RIGHT).stdout

    def test_a_blueprint_draws_a_form_and_keeps_it(self, course: Path) -> None:
        first = grade(course, "quiz", "paper", "--seed", "3", typed="q\n")
        assert "6 questions" in first.stdout
        grade(course, "quiz", "paper", "--seed", "3", typed="t\nq\n")
        done = grade(course, "quiz", "paper", "--seed", "4", typed="t\nq\n")
        assert done.returncode == 2
        assert "`--restart` begins another form" in done.stderr

    def test_a_damaged_save_is_told_with_its_place(self, course: Path) -> None:
        (course / SAVED).parent.mkdir(parents=True)
        (course / SAVED).write_text("responses: {a: b\n", "utf-8")
        done = grade(course, "quiz", "tiny", typed=RIGHT)
        assert done.returncode == 2
        assert "tiny.yaml:" in done.stderr
        assert "Traceback" not in done.stderr

    def test_an_unknown_name_is_wrong_usage(self, course: Path) -> None:
        done = grade(course, "quiz", "tinny")
        assert done.returncode == 2
        assert "Did you mean `tiny`?" in done.stderr


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


class TestMidterm:
    def test_the_same_seed_gives_the_same_bytes_whatever_the_hash_seed(self, tmp_path: Path) -> None:
        made = []
        for number in ("1", "2"):
            folder = tmp_path / number
            subprocess.run(
                [sys.executable, "-m", "grader.cli", "midterm", "--seed", "7", "--output", str(folder)],
                cwd=REPOSITORY,
                env={**os.environ, "PYTHONHASHSEED": number},
                capture_output=True,
                check=True,
                timeout=60,
            )
            made.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
        assert made[0] == made[1]
        assert len(made[0]) == 7

    def test_so_do_parallel_forms(self, small_course: Path) -> None:
        blueprint = small_course / "question_bank/blueprints/two.yaml"
        section = "{title: A, type: multiple_choice, count: 1}"
        blueprint.write_text(f"title: Two\nminutes: 5\nforms: 2\nsections: [{section}]\n", "utf-8")
        made = []
        for number in ("1", "2"):
            subprocess.run(
                [sys.executable, "-m", "grader.cli", "midterm", "two", "--seed", "7", "--output", number],
                cwd=small_course,
                env={**os.environ, "PYTHONHASHSEED": number},
                capture_output=True,
                check=True,
                timeout=60,
            )
            made.append({path.name: path.read_bytes() for path in sorted((small_course / number).iterdir())})
        assert made[0] == made[1]
        assert len(made[0]) == 12

    def test_what_the_bank_cannot_give_is_named_at_its_line_and_exits_with_2(
        self, small_course: Path
    ) -> None:
        blueprint = small_course / "question_bank/blueprints/two.yaml"
        blueprint.write_text(
            "title: Two\nminutes: 5\nforms: 3\ntopics:\n  tiny: 1\n"
            "sections: [{title: A, type: true_false, count: 1}]\n",
            "utf-8",
        )
        done = grade(small_course, "midterm", "two")
        assert done.returncode == 2
        told = [line for line in done.stderr.splitlines() if "two.yaml:6:" in line]
        assert "shortage: section `A`: 2 eligible items, 1 needed in each of 3 forms" in told[0]
        assert "cure: write more such items, or ask for fewer" in done.stderr
        assert not (small_course / "papers").exists()

    def test_a_filled_in_responses_file_is_never_overwritten(self, small_course: Path) -> None:
        listed = grade(small_course, "midterm", "tiny", "--seed", "2").stdout.split()
        responses = small_course / next(name for name in listed if name.endswith("-responses.yaml"))
        filled = responses.read_text("utf-8").replace("tiny-true:", "tiny-true: true #")
        responses.write_text(filled, "utf-8")
        done = grade(small_course, "midterm", "tiny", "--seed", "2")
        assert done.returncode == 0
        assert "filled in already" in done.stderr
        assert responses.read_text("utf-8") == filled

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["--to", "docx"], "`docx` is no format"),
            (["--to", ","], "no format was named"),
            (["--seed", "-1"], "-1"),
            (["nothing"], "no blueprint `nothing`"),
            (["--output", "/proc/papers"], "cannot be written"),
        ],
    )
    def test_wrong_usage_is_told(self, small_course: Path, arguments: list[str], told: str) -> None:
        name = [] if arguments[0] == "nothing" else ["tiny"]
        done = grade(small_course, "midterm", *name, *arguments)
        assert done.returncode == 2
        assert told in done.stderr
        assert "Traceback" not in done.stderr


class TestScore:
    def write(self, course: Path, text: str, name: str = "r.yaml") -> str:
        (course / name).write_text(text, "utf-8")
        return name

    def test_json_has_the_fields_of_version_1(self, small_course: Path) -> None:
        name = self.write(small_course, "responses:\n  tiny-true: no\n  tiny-many: [A, B]\n  tiny-one:\n")
        done = grade(small_course, "score", name, "--format", "json")
        assert done.returncode == 1
        tree = json.loads(done.stdout)
        assert tree["version"] == 1
        assert tree["score"] == {"earned": -1, "possible": 10}
        first, second, third = tree["items"]
        assert list(first) == ["id", "score", "response", "correct", "feedback", "pending"]
        assert (first["correct"], first["score"]) == (False, {"earned": -1, "possible": 2})
        assert (second["response"], second["score"]["earned"]) == (["A", "B"], 0)
        assert (third["response"], third["correct"]) == (None, None)

    def test_what_a_student_wrote_drives_neither_terminal_nor_log(self, small_course: Path) -> None:
        name = self.write(small_course, 'responses:\n  "\\e[31mX\\n::error::x": A\n  tiny-true: true\n')
        done = grade(small_course, "score", name)
        assert done.returncode == 1
        assert "\x1b" not in done.stdout + done.stderr
        assert not any(line.startswith("::") for line in (done.stdout + done.stderr).splitlines())

    def test_full_marks_exit_with_0(self, small_course: Path) -> None:
        name = self.write(small_course, "responses: {tiny-true: true}\n")
        assert grade(small_course, "score", name).returncode == 0

    def test_a_response_that_cannot_be_used_is_a_finding_and_the_rest_is_marked(
        self, small_course: Path
    ) -> None:
        name = self.write(small_course, "responses:\n  tiny-true: true\n  tiny-one: Z\n  no-item: A\n")
        done = grade(small_course, "score", name)
        assert done.returncode == 1
        assert "r.yaml:3:" in done.stderr
        assert "unknown-item" in done.stderr
        assert "Total: 2 / 6 points" in done.stdout
        assert grade(small_course, "score", name, "--exit-zero").returncode == 0

    def test_several_papers_are_marked_one_after_another(self, small_course: Path) -> None:
        names = [self.write(small_course, "responses: {tiny-true: true}\n", f"{n}.yaml") for n in "ab"]
        done = grade(small_course, "score", *names)
        assert done.stdout.count("Total: 2 / 2 points") == 2
        tree = json.loads(grade(small_course, "score", *names, "--format", "json").stdout)
        assert [paper["student"] for paper in tree["papers"]] == ["a", "b"]

    @pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a: " + b"x" * 10_000_000, b"{", b"responses: 3"])
    def test_what_cannot_be_read_exits_with_2_and_a_place(self, small_course: Path, content: bytes) -> None:
        (small_course / "r.yaml").write_bytes(content)
        done = grade(small_course, "score", "r.yaml")
        assert done.returncode == 2
        assert "r.yaml:1:" in done.stderr
        assert "cure:" in done.stderr
        assert "Traceback" not in done.stderr

    def test_a_missing_file_exits_with_2(self, small_course: Path) -> None:
        done = grade(small_course, "score", "nowhere.yaml")
        assert done.returncode == 2
        assert "nowhere.yaml" in done.stderr
