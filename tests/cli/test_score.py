"""`grade score`: one paper that cannot be read costs no other its marks."""

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.cli.score import score
from grader.errors import ContentError, UsageError


@pytest.fixture(autouse=True)
def course(small_course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(small_course)
    return small_course


def marked(*arguments: str) -> Result:
    return CliRunner().invoke(score, list(arguments), standalone_mode=False)


def write(text: str, name: str = "r.yaml") -> str:
    Path(name).write_text(text, "utf-8")
    return name


def test_papers_beside_an_unreadable_one_are_marked_all_the_same() -> None:
    good, bad = write("responses: {tiny-true: true}\n", "a.yaml"), write("{", "b.yaml")
    other = write("paper: tiny-1-000000\nresponses: {}\n", "c.yaml")
    done = marked(good, bad, other, write("responses: {tiny-true: true}\n", "d.yaml"))
    assert done.return_value == 2
    assert done.stdout.count("Total: 2 / 2 points") == 2
    assert "b.yaml:1:" in done.stderr
    assert "c.yaml: paper `tiny-1-000000` was made from another state" in done.stderr


def test_exit_zero_does_not_hide_an_unreadable_paper() -> None:
    good, bad = write("responses: {tiny-true: false}\n", "a.yaml"), write("", "b.yaml")
    assert marked(good, "--exit-zero").return_value == 0
    assert marked(good, bad, "--exit-zero").return_value == 2


def test_an_empty_paper_is_not_full_marks() -> None:
    assert isinstance(marked(write("responses: {}\n")).exception, ContentError)


def test_half_points_are_plain_numbers(course: Path) -> None:
    bank = course / "question_bank" / "tiny.yaml"
    text = bank.read_text("utf-8").replace("    points: 6\n", "    points: 5/2\n")
    bank.write_text(text, "utf-8")
    done = marked(write("responses: {tiny-number: 260}\n"), "--format", "json")
    assert json.loads(done.stdout)["score"] == {"earned": float(Fraction(5, 2)), "possible": 2.5}


def test_the_result_can_go_to_a_file_and_a_folder_that_is_none_is_told() -> None:
    paper = write("responses: {tiny-true: true}\n")
    done = marked(paper, "--format", "json", "--output", "out/result.json")
    assert (done.return_value, done.stdout) == (0, "")
    assert json.loads(Path("out/result.json").read_text("utf-8"))["items"][0]["correct"] is True
    assert isinstance(marked(paper, "--output", f"{paper}/result.json").exception, UsageError)


def test_answers_to_another_paper_than_the_one_handed_out_are_refused() -> None:
    none = marked(write("responses: {tiny-true: true}\n", "a.yaml"), "--paper", "tiny-1-000000")
    assert "`a.yaml` answers no paper by its id; `tiny-1-000000` is asked for" in str(none.exception)
    other = marked(write("paper: tiny-2-0\nresponses: {}\n", "b.yaml"), "--paper", "tiny-1-000000")
    assert "`b.yaml` answers paper `tiny-2-0`" in str(other.exception)
    same = marked(write("paper: tiny-2-0\nresponses: {}\n"), "--paper", "tiny-2-0")
    assert "was made from another state" in str(same.exception)


def test_a_paper_in_any_script_keeps_its_words() -> None:
    paper = write("responses: {tiny-number: 二百六十 ∞ 🙂}\n")
    done = marked(paper, "--format", "json")
    assert json.loads(done.stdout)["items"][0]["response"] == "二百六十 ∞ 🙂"


def test_no_result_of_another_paper_stays_where_one_cannot_be_marked() -> None:
    assert (
        marked(write("responses: {tiny-true: true}\n"), "--format", "json", "--output", "r.json").exit_code
        == 0
    )
    for form, bad in (("json", "{"), ("terminal", "paper: none-1-000000\nresponses: {}\n")):
        marked(write(bad, "b.yaml"), "--format", form, "--output", "r.json")
        assert "Total" not in Path("r.json").read_text("utf-8")
    marked(write("{", "b.yaml"), "--format", "json", "--output", "r.json")
    tree = json.loads(Path("r.json").read_text("utf-8"))
    assert (tree["score"], tree["items"]) == (None, [])
    assert "b.yaml:1:" in tree["message"]


def test_a_result_is_not_written_over_the_answers() -> None:
    paper = write("responses: {tiny-true: true}\n", "answers.json")
    assert "which it is about" in str(marked(paper, "--output", paper).exception)
    assert "a report is not called" in str(marked(paper, "--output", "answers.yaml").exception)


def test_what_could_not_be_used_stands_in_the_json_too() -> None:
    done = marked(write("responses: {tiny-true: true, tiny-tru: true}\n"), "--format", "json")
    assert done.return_value == 1
    assert "unknown-item" in json.loads(done.stdout)["findings"][0]


@pytest.mark.parametrize(
    "answer",
    [
        r"$\today\today\today\today\today$ ::error::forged",
        "x " * 45 + "::error::x",
        "##vso[task.x]",
        "\x9b2J\u202e",
    ],
)
def test_an_answer_never_acts_on_a_log(answer: str) -> None:
    paper = write(json.dumps({"responses": {"tiny-number": answer}}), "a.json")
    for form in ("terminal", "json"):
        shown = marked(paper, "--format", form).stdout
        assert not re.search(r"^\s*::|##\w*\[|\x9b|\u202e|20\d\d", shown, re.MULTILINE)


def test_names_and_ids_make_no_lines_of_their_own() -> None:
    odd = write("responses: {tiny-true: true}\n", "a\n::error::x\nTotal: 9 of 9.yaml")
    forged = write('responses: {"x\\nTotal: 9 / 9 points": true, tiny-true: true}\n', "b.yaml")
    done = marked(odd, forged)
    assert not re.search(r"^(::|Total: 9)", done.stdout + done.stderr, re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "text"), [("a.yaml", "? ," * 100_000), ("a.ipynb", '{"cells": [' + "[]," * 300_000 + "1]}")]
)
def test_a_paper_that_would_take_too_much_to_read_is_refused_at_once(name: str, text: str) -> None:
    assert isinstance(marked(write(text, name)).exception, ContentError)
