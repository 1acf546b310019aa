"""`grade audit` and `grade explain` as an author meets them, and what happens when the fault is ours."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_mark import grade

YAML = "exercises/toolbox/exercise.yaml"
BANK = "question_bank/tiny.yaml"


def misspell(path: Path, word: str) -> None:
    text = path.read_text("utf-8")
    assert word in text
    path.write_text(text.replace(word, word[0] + word, 1), "utf-8")


class TestAudit:
    def test_a_good_course_has_no_findings(self, small_course: Path) -> None:
        done = grade(small_course, "audit")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("0 findings in 1 exercise (6 tests, 7 named mistakes) and ")

    def test_a_finding_has_a_place_to_click_on_and_a_cure(self, small_course: Path) -> None:
        misspell(small_course / YAML, "difficulty:")
        done = grade(small_course / "exercises", "audit", "toolbox")
        assert done.returncode == 1
        assert done.stdout.splitlines() == [
            "toolbox/exercise.yaml:3:1: unknown-field: `ddifficulty` is not a field here",
            "  cure: did you mean `difficulty`?",
            "1 finding in 1 exercise (0 tests, 0 named mistakes)",
        ]

    def test_the_bank_can_be_audited_alone(self, small_course: Path) -> None:
        misspell(small_course / YAML, "difficulty:")
        misspell(small_course / BANK, "explanation:")
        done = grade(small_course, "audit", "question_bank")
        assert done.returncode == 1
        assert done.stdout.startswith("question_bank/tiny.yaml:")
        assert "did you mean `explanation`?" in done.stdout
        assert "exercise.yaml" not in done.stdout
        assert re.search(r"^\d+ findings? in \d+ items$", done.stdout, re.MULTILINE)

    def test_a_blueprint_is_held_to_the_topics_of_the_bank(self, small_course: Path) -> None:
        blueprint = small_course / "question_bank/blueprints/tiny.yaml"
        text = blueprint.read_text("utf-8").replace("total: 10", "total: 10, topics: [nowhere]")
        blueprint.write_text(text, "utf-8")
        done = grade(small_course, "audit", "question_bank")
        assert "the bank has no topic `nowhere`" in done.stdout

    @pytest.mark.parametrize(
        ("asked", "line", "what"),
        [
            ("count: 2", "count: 3", "section `True or false`: 3 true false items are needed, but only 2"),
            (
                "title: Tiny paper",
                "title: Tiny paper\npoints: 23",
                "points: 23 needed; its 6 eligible items have 22 in all",
            ),
        ],
        ids=["plain", "solved"],
    )
    def test_a_blueprint_that_the_bank_cannot_meet_is_found_at_its_constraint(
        self, small_course: Path, asked: str, line: str, what: str
    ) -> None:
        blueprint = small_course / "question_bank/blueprints/tiny.yaml"
        blueprint.write_text(blueprint.read_text("utf-8").replace(asked, line, 1), "utf-8")
        done = grade(small_course, "audit", "question_bank")
        assert done.returncode == 1
        place = r"question_bank/blueprints/tiny\.yaml:[24]:\d+: shortage: "
        assert re.search(place + re.escape(what), done.stdout)
        assert "  cure: " in done.stdout

    def test_a_blueprint_that_has_a_fault_is_not_tried_as_well(self, small_course: Path) -> None:
        blueprint = small_course / "question_bank/blueprints/tiny.yaml"
        text = blueprint.read_text("utf-8").replace("total: 10", "total: 10, topics: [nowhere]")
        blueprint.write_text(text, "utf-8")
        assert "shortage" not in grade(small_course, "audit", "question_bank").stdout

    def test_an_unknown_name_is_wrong_usage(self, small_course: Path) -> None:
        done = grade(small_course, "audit", "toolbix")
        assert done.returncode == 2
        assert "Did you mean `toolbox`?" in done.stderr


class TestExplain:
    def test_a_page_says_what_why_and_cure(self, small_course: Path) -> None:
        done = grade(small_course, "explain", "test-at-fault")
        assert done.returncode == 0
        assert [line.split(":")[0] for line in done.stdout.splitlines()[2:]] == ["What", "Why", "Cure"]

    def test_a_scheme_says_what_guessing_earns(self, small_course: Path) -> None:
        done = grade(small_course, "explain", "net_correct")
        assert done.returncode == 0
        assert done.stdout.startswith("net_correct: p · max(0, (t - w)/c)\n")
        [line] = [line for line in done.stdout.splitlines() if line.startswith("  4 options, 1 right")]
        assert line.split()[4:] == ["0", "0", "1/4", "=", "0.25", "1/16", "=", "0.0625"]

    def test_a_name_that_is_neither_is_wrong_usage(self, small_course: Path) -> None:
        done = grade(small_course, "explain", "net_corect")
        assert done.returncode == 2
        assert "Did you mean `net_correct`?" in done.stderr

    def test_a_name_like_no_other_is_told_some_of_them(self, small_course: Path) -> None:
        done = grade(small_course, "explain", "xx")
        assert done.returncode == 2
        assert re.search(r"`absolute-words`, .* and \d+ more\n", done.stderr)

    def test_without_a_rule_it_lists_them(self, small_course: Path) -> None:
        assert "too-many-keys" in grade(small_course, "explain").stdout.splitlines()


def test_a_fault_of_ours_exits_with_3_and_shows_where(small_course: Path) -> None:
    code = (
        "import grader.cli, grader.cli.explain\n"
        "grader.cli.explain.rule_pages = lambda: 1 / 0\n"
        "grader.cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "explain"],
        capture_output=True,
        text=True,
        cwd=small_course,
        timeout=60,
        check=False,
    )
    assert done.returncode == 3
    assert "ZeroDivisionError" in done.stderr
    assert "our fault, not yours" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_said_in_one_line(small_course: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "grader.cli", "explain"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=small_course,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, "grade: No space left on device\n")


class TestCoverage:
    def test_counts_the_entries_that_are_used_and_lists_the_others(self) -> None:
        course = Path(__file__).parent.parent / "courses" / "broken" / "unknown-source"
        done = grade(course, "audit", "--coverage", "--missing")
        assert done.returncode == 0
        assert [line.split() for line in done.stdout.splitlines() if line.startswith("One")] == [
            ["One", "1", "of", "2", "0", "of", "1", "1", "of", "3"]
        ]
        assert "All: 1 of 3 entries have an item or exercise." in done.stdout
        assert "001 One, facts: F-2\n" in done.stdout

    def test_says_where_the_lists_belong_when_there_are_none(self, small_course: Path) -> None:
        done = grade(small_course, "audit", "--coverage")
        assert "question_bank/curriculum/" in done.stdout
