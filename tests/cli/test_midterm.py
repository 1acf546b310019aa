"""`grade midterm`: what it writes can be filled in, marked and written again without losing a word."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.cli.midterm import midterm
from grader.cli.score import score
from grader.errors import ContentError
from grader.export import FORMATS


@pytest.fixture(autouse=True)
def course(small_course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(small_course)
    return small_course


def written(*arguments: str) -> Result:
    return CliRunner().invoke(midterm, ["tiny", *arguments])


def paths(done: Result) -> list[Path]:
    return [Path(line) for line in done.stdout.splitlines()]


def test_it_prints_what_it_wrote() -> None:
    done = written("--seed", "4")
    names = [path.name.removeprefix(paths(done)[0].stem) for path in paths(done)]
    assert names == [".md", "-solutions.md", ".ipynb", "-solutions.ipynb", "-responses.yaml"]
    assert all(path.is_file() for path in paths(done))


def test_only_the_formats_asked_for_are_written() -> None:
    assert [path.suffix for path in paths(written("--to", " md "))] == [".md", ".md", ".yaml"]


def test_every_format_can_be_asked_for_and_is_written_twice_alike() -> None:
    asked = ",".join(FORMATS)
    found = {path: path.read_bytes() for path in paths(written("--to", asked))}
    assert {path.suffix for path in found} == {*(f".{name}" for name in FORMATS), ".yaml"}
    assert len(found) == 2 * len(FORMATS) + 1
    assert {path: path.read_bytes() for path in paths(written("--to", asked, "--force"))} == found


def test_a_format_that_there_is_not_is_told_with_those_that_there_are() -> None:
    done = written("--to", "html,docx")
    assert str(done.exception) == (f"`docx` is no format of a paper; the formats are: {', '.join(FORMATS)}")


def test_writing_the_same_again_is_quiet() -> None:
    first = written("--seed", "4")
    assert written("--seed", "4").stdout == first.stdout
    assert written("--seed", "4").stderr == ""


def test_different_seeds_give_different_names() -> None:
    assert not set(paths(written("--seed", "4"))) & set(paths(written("--seed", "5")))


@pytest.mark.parametrize("ending", [".ipynb", ".md", "-responses.yaml"])
def test_a_paper_that_was_filled_in_is_left_as_it_is(ending: str) -> None:
    path = next(
        path for path in paths(written()) if path.name.endswith(ending) and "solutions" not in path.name
    )
    path.write_bytes(path.read_bytes() + b"\xff")
    done = written()
    assert (done.exit_code, path.read_bytes()[-1:]) == (0, b"\xff")
    assert path not in paths(done)
    assert f"{path} is filled in already" in done.stderr
    assert path in paths(written("--force"))
    assert path.read_bytes()[-1:] != b"\xff"


def test_a_blank_responses_file_and_an_untouched_notebook_are_blank_papers() -> None:
    made = paths(written("--seed", "4"))
    for path in (made[2], made[4]):
        done = CliRunner().invoke(score, [str(path), "--format", "json"])
        tree = json.loads(done.stdout)
        assert tree["score"] == {"earned": 0, "possible": 22}
        assert all(item["response"] is None for item in tree["items"])
        assert done.stderr == ""


def test_a_topic_that_the_bank_does_not_have_is_a_finding(course: Path) -> None:
    text = "title: A\nminutes: 1\nsections:\n  - {title: B, type: true_false, count: 1, topics: [tinny]}\n"
    (course / "question_bank/blueprints/tiny.yaml").write_text(text, "utf-8")
    done = written()
    assert isinstance(done.exception, ContentError)
    (finding,) = done.exception.findings
    assert (finding.rule, finding.line) == ("unknown-value", 4)
    assert finding.cure == "write one of `tiny`"


def test_a_responses_file_tells_the_number_of_each_question_and_is_filled_in_by_hand(course: Path) -> None:
    path = next(path for path in paths(written("--seed", "4")) if path.name.endswith("-responses.yaml"))
    text = path.read_text("utf-8")
    assert "  # True or false\n" in text
    assert [f"question {number}\n" in text for number in range(1, 8)] == [True] * 6 + [False]
    path.write_text(
        text.replace("tiny-true:", "tiny-true: yes").replace("tiny-none:", "tiny-none: c"), "utf-8"
    )
    done = CliRunner().invoke(score, [str(path), "--format", "json"])
    assert json.loads(done.stdout)["score"] == {"earned": 6, "possible": 22}


def test_a_title_with_odd_characters_does_no_harm(course: Path) -> None:
    blueprint = course / "question_bank/blueprints/tiny.yaml"
    blueprint.write_text(
        blueprint.read_text("utf-8").replace("True or false,", '"a: [b]\\n- {c # ∞",'), "utf-8"
    )
    made = paths(written())
    assert CliRunner().invoke(score, [str(made[4])], standalone_mode=False).return_value == 1
