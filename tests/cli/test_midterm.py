"""`grade midterm`: what it writes can be filled in, marked and written again without losing a word."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.cli.midterm import midterm
from grader.cli.score import score
from grader.errors import ContentError
from grader.export import FORMATS, PAGES


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
    papers = [".md", "-solutions.md", ".ipynb", "-solutions.ipynb", "-responses.yaml"]
    assert names == [*papers, "-certificate.md", "-certificate.json"]
    assert all(path.is_file() for path in paths(done))


def test_only_the_formats_asked_for_are_written() -> None:
    endings = [path.suffix for path in paths(written("--to", " md "))]
    assert endings == [".md", ".md", ".yaml", ".md", ".json"]


def test_every_format_can_be_asked_for_and_is_written_twice_alike() -> None:
    asked = ",".join(FORMATS)
    found = {path: path.read_bytes() for path in paths(written("--to", asked))}
    assert {path.suffix for path in found} == {*(f".{name}" for name in FORMATS), ".yaml", ".json"}
    assert len(found) == 2 * len(FORMATS) + 4
    assert {path: path.read_bytes() for path in paths(written("--to", asked, "--force"))} == found


def test_a_certificate_is_a_page_with_a_picture_where_pages_are_asked_for(course: Path) -> None:
    blueprint = course / "question_bank/blueprints/tiny.yaml"
    text = blueprint.read_text("utf-8")
    blueprint.write_text(text.replace("title: True or false", 'title: "<script> & a"'), "utf-8")
    (page,) = [path for path in paths(written("--to", "html")) if path.name.endswith("certificate.html")]
    told = page.read_text("utf-8")
    assert told.count("<svg") == 1
    assert "6 questions, 22 points." in told
    assert "section <code>&lt;script&gt; &amp; a</code>" in told
    assert "<script" not in told


def test_a_format_that_there_is_not_is_told_with_those_that_there_are() -> None:
    done = written("--to", "html,docx")
    known = ", ".join([*FORMATS, *PAGES])
    assert str(done.exception) == f"`docx` is no format of a paper; the formats are: {known}"


def test_pages_to_be_taken_are_written_beside_the_papers() -> None:
    found = paths(written("--to", "html,practice,graded"))
    names = [path.name.removeprefix(found[0].stem) for path in found]
    pages = [".html", "-solutions.html", "-practice.html", "-graded.html", "-responses.yaml"]
    assert names == [*pages, "-certificate.md", "-certificate.json", "-certificate.html"]


def test_a_filled_in_page_is_marked_like_any_responses_file(course: Path) -> None:
    page = next(path for path in paths(written("--to", "graded")) if path.name.endswith("-graded.html"))
    paper = page.name.removesuffix("-graded.html")
    answers = {"paper": paper, "responses": {"tiny-true": "true", "tiny-number": "260"}}
    Path("given.json").write_text(json.dumps(answers), "utf-8")
    done = CliRunner().invoke(score, ["given.json", "--paper", paper])
    assert "Total: 8 / 22 points" in done.stdout


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


class TestParallelForms:
    """Of a blueprint with 2 forms of one statement each, from a bank of 2."""

    TEXT = "title: Two\nminutes: 5\nforms: 2\nsections: [{title: A, type: true_false, count: 1}]\n"

    @pytest.fixture(autouse=True)
    def two(self, course: Path) -> Path:
        path = course / "question_bank/blueprints/two.yaml"
        path.write_text(self.TEXT, "utf-8")
        return path

    @staticmethod
    def made(*arguments: str) -> Result:
        return CliRunner().invoke(midterm, ["two", "--to", "md,ipynb", *arguments])

    def test_each_form_has_its_files_and_all_have_one_certificate(self) -> None:
        names = [path.name for path in paths(self.made("--seed", "3"))]
        assert [name.split("-")[2][:2] for name in names[:10]] == ["A2"] * 5 + ["B2"] * 5
        assert [name.split("-")[2] for name in names[10:]] == ["all2", "all2"]
        assert [name.rsplit("-")[-1] for name in names[10:]] == ["certificate.md", "certificate.json"]

    def test_the_papers_say_which_form_they_are(self) -> None:
        first, *_, certificate, _ = paths(self.made())
        assert "# Two, form A" in first.read_text("utf-8")
        told = certificate.read_text("utf-8")
        assert "| section `A`, items | 1 | 1 | 1 | 0 |" in told
        assert "| items that two forms share | at most 0 | 0 | 0 |" in told

    def test_the_certificate_as_json_has_every_number(self) -> None:
        tree = json.loads(paths(self.made())[-1].read_text("utf-8"))
        assert (tree["version"], tree["blueprint"], tree["seed"]) == (1, "two", 0)
        assert sorted(form["sections"][0][0] for form in tree["forms"]) == ["tiny-false", "tiny-true"]
        (count,) = [one for one in tree["constraints"] if one["name"] == "section `A`"]
        assert count["asked"] == {"text": "1", "min": 1, "max": 1}
        assert (count["achieved"], count["slack"]) == ([1, 1], [0, 0])

    def test_the_same_seed_gives_the_same_bytes(self) -> None:
        first = {path: path.read_bytes() for path in paths(self.made("--seed", "9"))}
        assert {path: path.read_bytes() for path in paths(self.made("--seed", "9"))} == first

    @pytest.mark.parametrize("ending", [".ipynb", "-responses.yaml"])
    @pytest.mark.parametrize("kept", [True, False])
    def test_each_form_is_found_again_from_its_id(self, course: Path, ending: str, kept: bool) -> None:
        papers = [
            path
            for path in paths(self.made("--seed", "3"))
            if path.name.endswith(ending) and "solutions" not in path.name
        ]
        if not kept:
            shutil.rmtree(course / ".grade")
        for path in papers:
            done = CliRunner().invoke(score, [str(path), "--format", "json"])
            assert json.loads(done.stdout)["score"] == {"earned": 0, "possible": 2}
            assert done.stderr == ""

    def test_what_is_kept_of_a_paper_is_not_believed(self, course: Path) -> None:
        path = next(path for path in paths(self.made()) if path.name.endswith("-responses.yaml"))
        for text in ('{"items": [["tiny-one"]]}', '{"items": [["nothing"]]}', '{"items": 3}', "[", "[]"):
            for file in (course / ".grade/papers").iterdir():
                file.write_text(text, "utf-8")
            done = CliRunner().invoke(score, [str(path), "--format", "json"])
            assert json.loads(done.stdout)["score"] == {"earned": 0, "possible": 2}

    def test_a_paper_of_another_state_of_the_bank_is_told(self, course: Path) -> None:
        path = next(path for path in paths(self.made()) if path.name.endswith("-responses.yaml"))
        bank = course / "question_bank/tiny.yaml"
        bank.write_text(bank.read_text("utf-8").replace("of a constant is 0", "of 3 is 0"), "utf-8")
        other = bank.read_text("utf-8").replace("The derivative of", "A derivative of")
        bank.write_text(other, "utf-8")
        done = CliRunner().invoke(score, [str(path)])
        assert "was made from another state of the bank" in str(done.exception)

    def test_more_forms_than_the_bank_has_items_for_are_a_finding_at_the_section(self, two: Path) -> None:
        done = self.made("--forms", "3")
        assert isinstance(done.exception, ContentError)
        (finding,) = done.exception.findings
        assert (finding.path, finding.line, finding.rule) == (two, 4, "shortage")
        assert finding.what.startswith("section `A`: 2 eligible items, 1 needed in each of 3 forms")

    def test_forms_can_be_asked_for_beside_the_blueprint(self) -> None:
        assert len(paths(self.made("--forms", "1"))) == 7
        assert self.made("--forms", "27").exit_code == 2

    def test_the_items_of_a_certificate_can_be_avoided_in_the_next_term(self, two: Path) -> None:
        *_, certificate = paths(self.made("--forms", "1", "--seed", "1"))
        used = json.loads(certificate.read_text("utf-8"))["forms"][0]["sections"][0][0]
        avoiding = f"forms: 1\nused: [{certificate.resolve()}]"
        two.write_text(self.TEXT.replace("forms: 2", avoiding), "utf-8")
        for seed in range(3):
            *_, again = paths(self.made("--seed", str(seed), "--output", "next"))
            (form,) = json.loads(again.read_text("utf-8"))["forms"]
            assert form["sections"] != [[used]]
