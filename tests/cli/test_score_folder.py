"""`grade score` on a folder: one row or page a student, whatever one of them handed in."""

import csv
import io
import json
import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from click.testing import CliRunner, Result

from grader.audit.pages import rule_pages
from grader.cli.score import score
from grader.errors import ContentError, UsageError
from grader.model.form import Form, Question
from tests.conftest import REPOSITORY
from tests.every_type import filled_notebook, questions, right

WRONG: Mapping[str, Any] = {
    "short_answer": "1",
    "single_choice": "C",
    "matching": "1B 2B 3B",
    "ordering": "DCBA",
    "table": {"2.2": "28x28x10", "2.3": "250", "3.2": "", "3.3": 1},
    "essay": "It helps.",
}


@pytest.fixture(autouse=True)
def here(types_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder beside the course; what is handed in lies in `in`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    return tmp_path


Run = Callable[..., Result]


@pytest.fixture
def run(types_course: Path) -> Run:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(score, list(arguments), obj=types_course, standalone_mode=False)

    return run


def put(name: str, answers: Mapping[str, Any], paper: str | None = None) -> None:
    tree = {**({"paper": paper} if paper else {}), "responses": dict(answers)}
    path = Path("in", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(tree) if name.endswith(".json") else yaml.safe_dump(tree, allow_unicode=True)
    path.write_text(text, "utf-8")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def some_answer(question: Question, rng: random.Random) -> Any:
    """Right, not right or blank."""
    if question.item.type == "code" or rng.random() < 0.2:
        return None
    if rng.random() < 0.5:
        return right(question)
    if question.parts:
        return {"abc"[index]: some_answer(part, rng) for index, part in enumerate(question.parts)}
    return WRONG.get(question.item.type, "true")


@pytest.mark.parametrize("seed", range(4))
def test_the_same_answers_earn_the_same_in_every_format(run: Run, types_form: Form, seed: int) -> None:
    rng = random.Random(seed)
    answers = {name: some_answer(question, rng) for name, question in questions(types_form).items()}
    put("a.yaml", answers, types_form.id)
    put("b.json", answers, types_form.id)
    Path("in/c.ipynb").write_text(filled_notebook(types_form, answers), "utf-8")
    one, *others = rows(run("in", "--format", "csv").stdout)
    assert one["score"]
    assert [{**other, "student": "a"} for other in others] == [one, one]


class TestTable:
    def test_has_a_row_a_student_with_a_column_an_item(self, run: Run) -> None:
        put("zoë.yaml", {"tiny-true": True, "tiny-one": "B"})
        put("anna.json", {"tiny-true": False})
        done = run("in", "--format", "csv")
        assert done.stdout.splitlines() == [
            "student,paper,score,possible,waiting,findings,tiny-true,tiny-one",
            "anna,,-1,2,0,,-1,",
            "zoë,,2,6,0,,2,0",
        ]
        assert done.return_value == 1

    def test_tells_what_waits_and_what_cannot_be_used(self, run: Run) -> None:
        put("anna.yaml", {"why-residual": "It helps.", "tiny-many": "F", "nothing": 1})
        (row,) = rows(run("in", "--format", "csv").stdout)
        assert row["waiting"] == "3.5"
        assert "there is no option `F`; answer with letters from A to D" in row["findings"]
        assert "unknown-item: the bank has no item `nothing`" in row["findings"]

    def test_gives_no_score_to_what_cannot_be_marked_and_marks_the_others(self, run: Run) -> None:
        put("anna.yaml", {"tiny-true": True})
        put("bob.yaml", {}, "tiny-1-000000")
        put("carl.json", {"tiny-true": True})
        put("carl/answers.yaml", {"tiny-true": False})
        Path("in/dora.yaml").write_text("{", "utf-8")
        Path("in/emil.ipynb").write_bytes(b"\xff" * 100)
        Path("in/fay.yaml").write_bytes(b"a: " + b"x" * 10_000_000)
        Path("in/notes.txt").write_text("hello", "utf-8")
        done = run("in", "--format", "csv")
        table = rows(done.stdout)
        assert done.return_value == 2
        assert [(row["student"], row["score"]) for row in table] == [
            ("anna", "2"),
            *((name, "") for name in ("bob", "carl", "carl", "dora", "emil", "fay")),
        ]
        told = [row["findings"].split(":")[0] for row in table]
        assert told == [
            "",
            "unknown-paper",
            *["student-twice"] * 2,
            "yaml-syntax",
            "file-unreadable",
            "file-unreadable",
        ]
        assert "in/notes.txt:1:1: no-paper" in done.stderr

    @pytest.mark.parametrize("name", ["anna.yaml", "anna.json", "anna.ipynb"])
    def test_of_a_paper_that_is_too_large_asks_for_shorter_answers(self, run: Run, name: str) -> None:
        Path("in", name).write_bytes(b"x" * (9 * 2**20))
        done = run("in")
        assert "file-unreadable" in done.stderr
        assert "shorten the longest answers" in done.stderr
        assert "split" not in done.stderr

    def test_holds_no_formula(self, run: Run) -> None:
        put("=cmd|' !A1.yaml", {"tiny-true": True, "=2+2": True})
        put("@a.yaml", {}, "=1+1")
        for row in rows(run("in", "--format", "csv").stdout):
            assert not [cell for cell in row.values() if cell.startswith(("=", "+", "@", "\t", "\r"))]

    def test_can_be_read_at_the_terminal(self, run: Run) -> None:
        put("anna.yaml", {"tiny-true": True, "why-residual": "It helps."})
        put("bob.yaml", {"tiny-true": "maybe"})
        text = run("in").stdout
        assert re.search(r"anna\s+2 / 5.5\s+3.5 more wait for a person", text)
        assert re.search(r"bob\s+0 / 2\s+unclear-answer *\n", text)
        assert "2 papers marked, mean 18.2% of the points" in text

    def test_names_the_rules_of_the_findings_in_the_row(self, run: Run, types_form: Form) -> None:
        put("anna.yaml", {"tiny-true": True, "tiny-none": "A", "tiny-many": "A"}, types_form.id)
        put("bob.yaml", {"tiny-true": "maybe", "tiny-one": "AB", "nothing": 1})
        Path("in/carl.yaml").write_text("{", "utf-8")
        text = run("in").stdout
        assert re.search(r"anna\s+not marked\s+wrong-form *\n", text)
        assert re.search(r"bob\s+0 / 6\s+unknown-item, 2 × unclear-answer *\n", text)
        assert re.search(r"carl\s+not marked\s+yaml-syntax *\n", text)

    def test_exits_with_0_for_full_marks(self, run: Run) -> None:
        put("anna.yaml", {"tiny-true": True})
        assert run("in").return_value == 0
        put("bob.yaml", {"tiny-true": False})
        assert (run("in").return_value, run("in", "--exit-zero").return_value) == (1, 0)


class TestJson:
    def test_holds_all_papers_in_one_document(self, run: Run) -> None:
        put("anna.yaml", {"tiny-true": True})
        put("bob.yaml", {}, "tiny-1-000000")
        tree = json.loads(run("in", "--format", "json").stdout)
        anna, bob = tree["papers"]
        assert (anna["student"], anna["score"]) == ("anna", {"earned": 2, "possible": 2})
        assert (bob["score"], bob["items"]) == (None, [])
        assert "another state" in bob["message"]

    def test_of_one_file_is_as_it_was(self, run: Run) -> None:
        put("anna.yaml", {"tiny-true": True})
        tree = json.loads(run("in/anna.yaml", "--format", "json").stdout)
        assert list(tree) == ["version", "score", "items", "findings"]


class TestPapersOfOthers:
    def test_a_paper_of_another_draw_than_most_is_told(self, run: Run, types_form: Form) -> None:
        for name in ("anna.yaml", "bob.yaml"):
            put(name, {"tiny-shape": ""}, types_form.id)
        put("carl.yaml", {"tiny-true": True})
        table = rows(run("in", "--format", "csv").stdout)
        assert [row["findings"].split(":")[0] for row in table] == ["", "", "odd-paper"]

    def test_answers_without_a_paper_are_marked_and_in_no_statistics(
        self, run: Run, types_form: Form
    ) -> None:
        put("bob.yaml", {"tiny-true": True}, types_form.id)
        put("carl.yaml", {"tiny-true": True, "tiny-none": "C"})
        run("in", "--format", "html", "-o", "out")
        with_carl = Path("out/index.html").read_text("utf-8")
        assert "odd-paper: this answers no paper by its id" in with_carl
        assert "2 papers marked" in with_carl
        assert "(1 that names no paper left out)" in with_carl
        assert "students/carl.html" in with_carl
        Path("in/carl.yaml").unlink()
        run("in", "--format", "html", "-o", "out")
        without = Path("out/index.html").read_text("utf-8")
        said = re.compile(r"<h1>.*?</h1>|<figure.*?</figure>|<h2 id=\"items\">.*", re.DOTALL)
        assert said.findall(with_carl) == said.findall(without)
        assert len(said.findall(without)) == 3

    def test_answers_without_a_paper_are_a_class_of_their_own(self, run: Run) -> None:
        put("bob.yaml", {"tiny-true": True})
        put("carl.yaml", {"tiny-true": False})
        run("in", "--format", "html", "-o", "out")
        index = Path("out/index.html").read_text("utf-8")
        assert "2 papers marked, mean 25.0% of the points<" in index
        assert "<h1>Questions</h1>" in index

    def test_each_form_that_was_handed_out_can_be_named(self, run: Run, types_form: Form) -> None:
        put("anna.yaml", {}, types_form.id)
        put("bob.yaml", {"tiny-true": True})
        done = run("in", "--format", "csv", "--paper", types_form.id, "--paper", "types-4-000000")
        anna, bob = rows(done.stdout)
        assert (anna["findings"], bob["score"]) == ("", "")
        assert bob["findings"].startswith("other-paper: `bob.yaml` answers no paper by its id")

    def test_answers_to_another_form_are_one_finding(self, run: Run, types_form: Form) -> None:
        put("anna.yaml", {"tiny-true": True, "tiny-none": "A", "tiny-many": "A"}, types_form.id)
        done = run("in", "--format", "csv")
        (row,) = rows(done.stdout)
        assert row["findings"].startswith("wrong-form: 3 of 3 answers are to items that paper")
        assert (row["score"], row["possible"], done.return_value) == ("", "", 2)

    def test_answers_to_another_form_count_nowhere(self, run: Run, types_form: Form) -> None:
        first, *_ = questions(types_form)
        put("anna.yaml", {}, types_form.id)
        put("bob.yaml", {"tiny-true": True, "tiny-none": "A", "tiny-many": "A"}, types_form.id)
        amendments = AMENDMENTS.partition("  - item: tiny-one")[0].replace("tiny-true", first)
        Path("amendments.yaml").write_text(amendments.replace("also_accept: [false]", "drop: true"), "utf-8")
        run("in", "--format", "html", "-o", "out", "--amend", "amendments.yaml", "--changes", "changed")
        index = Path("out/index.html").read_text("utf-8")
        assert "1 paper marked, 1 not marked" in index
        assert '<td class="number">2</td>' not in index  # of any item there is one answer at most
        assert [row["student"] for row in rows(Path("changed/changes.csv").read_text("utf-8"))] == ["anna"]
        assert "This paper could not be marked." in Path("out/students/bob.html").read_text("utf-8")


class TestPages:
    def pages(self, run: Run, *arguments: str) -> dict[str, str]:
        run("in", "--format", "html", "-o", "out", *arguments)
        return {str(path.relative_to("out")): path.read_text("utf-8") for path in Path("out").rglob("*.html")}

    def test_are_one_a_student_and_one_for_the_instructor(self, run: Run) -> None:
        put("anna.yaml", {"tiny-true": True})
        put("bob/x.json", {"tiny-true": False})
        put("zoë.yaml", {}, "tiny-1-000000")
        pages = self.pages(run)
        assert sorted(pages) == ["index.html", "students/anna.html", "students/bob.html", "students/zoë.html"]
        assert "This paper could not be marked." in pages["students/zoë.html"]
        assert "2 papers marked, 1 not marked" in pages["index.html"]

    def test_show_nothing_of_other_students(self, run: Run, types_form: Form) -> None:
        for name in ("anna", "berta", "carla"):
            put(f"{name}.yaml", {"why-residual": f"secret of {name}"}, types_form.id)
        put("dora.yaml", {"who-did-it": "secret of dora"})
        pages = self.pages(run)
        for name in ("anna", "berta", "carla", "dora"):
            page = pages[f"students/{name}.html"]
            assert f"secret of {name}" in page
            others = {"anna", "berta", "carla", "dora"} - {name}
            assert not [other for other in others if other in page]
        assert types_form.id not in pages["students/dora.html"]

    def test_obey_nothing_that_a_student_wrote(self, run: Run, types_form: Form) -> None:
        evil = (
            "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} [x](javascript:alert(1)) \u202e"
        )
        answers: dict[str, Any] = dict.fromkeys(questions(types_form), evil)
        answers |= {evil: evil, "layer-table": {"2.2": evil, "2.3": evil}, "write-loss": None}
        put('"><script>alert(2)<_script>.yaml', answers, types_form.id)
        put("b.yaml", {"tiny-true": evil}, evil)
        pages = self.pages(run)
        assert len(pages) == 3
        for page in pages.values():
            assert not re.search(r"<script|<img|javascript:alert\(1\)\"|\u202e", page)

    def test_link_to_names_of_every_sort(self, run: Run) -> None:
        names = ["index", "a b%20c", "x" * 240, "up..", "#1?", "a'b"]
        for name in names:
            put(f"{name}.yaml", {"tiny-true": True})
        pages = self.pages(run)
        links = re.findall(r'href="(students/[^"]+)"', pages["index.html"])
        assert len(set(links)) == len(names)
        assert {unquote(link) for link in links} == set(pages) - {"index.html"}

    def test_need_a_folder_that_is_not_among_the_papers(self, run: Run) -> None:
        put("anna.yaml", {"tiny-true": True})
        assert isinstance(run("in", "--format", "html").exception, UsageError)
        assert isinstance(run("in", "--format", "html", "-o", "in/out").exception, UsageError)

    def test_of_an_earlier_run_stay_and_are_told_in_one_line(self, run: Run) -> None:
        for name in ("anna", "bob", "zoë", "z\u0308oe", "x\x1b[31my"):
            put(f"{name}.yaml", {"tiny-true": True})
        first = run("in", "--format", "html", "-o", "out")
        assert "earlier run" not in first.stderr
        assert "earlier run" not in run("in", "--format", "html", "-o", "out").stderr
        Path("in/bob.yaml").unlink()
        told = run("in", "--format", "html", "-o", "out").stderr.splitlines()
        assert told == [
            "1 page is left of an earlier run in `out/students`: `bob.html`; take out what is not wanted"
        ]
        for path in list(Path("in").iterdir()):
            if path.stem != "anna":
                path.unlink()
        (line,) = run("in", "--format", "html", "-o", "out").stderr.splitlines()
        assert line.startswith("4 pages are left")
        assert "and more" in line
        assert line.isprintable()
        assert Path("out/students/bob.html").is_file()

    def test_are_the_same_bytes_each_time(self, run: Run, types_form: Form) -> None:
        put("anna.yaml", {"tiny-true": True, "who-did-it": "gradient descent"}, types_form.id)
        assert self.pages(run) == self.pages(run)


AMENDMENTS = """\
amendments:
  - item: tiny-true
    also_accept: [false]
    reason: It can be read <both> ways.
    by: A. Teacher
    date: 2026-05-04
  - item: tiny-one
    drop: true
    reason: Nobody could know.
    by: A. Teacher
    date: 2026-05-05
"""


class TestAmendments:
    @pytest.fixture(autouse=True)
    def papers(self) -> None:
        put("anna.yaml", {"tiny-true": False, "tiny-one": "A"})
        put("bob.yaml", {"tiny-true": True, "tiny-one": "B"})
        put("carl.yaml", {"tiny-many": "AC"})
        Path("amendments.yaml").write_text(AMENDMENTS, "utf-8")

    def test_are_marked_and_told(self, run: Run) -> None:
        text = run("in", "--amend", "amendments.yaml").stdout
        assert re.search(r"anna\s+3 / 6\s+2 / 2\s+-1\s+tiny-true: also_accept, tiny-one: drop", text)
        table = text.partition("before")[2]
        assert "bob" not in table
        assert "only the possible points changed: 1 student\n" in table
        assert "2 scores are another one now" in text

    def test_of_two_parts_add_up_and_are_told_apart(self, run: Run) -> None:
        put("dora.yaml", {"sigmoid-parts": {"a": True, "b": "1/2", "c": "B"}})
        one = AMENDMENTS.partition("  - item: tiny-one")[0].removeprefix("amendments:\n")
        a = one.replace("tiny-true", "sigmoid-parts\n    part: a")
        b = one.replace("tiny-true", "sigmoid-parts\n    part: b").replace("[false]", '["1/2"]')
        a = a.replace("[false]", "[true]")
        Path("amendments.yaml").write_text(f"amendments:\n{a}{b}", "utf-8")
        run("in", "--amend", "amendments.yaml", "--changes", "out")
        dora = rows(Path("out/changes.csv").read_text("utf-8"))[-1]
        assert dora["after"] == dora["possible after"]
        assert dora["amendments"] == "sigmoid-parts (a): also_accept; sigmoid-parts (b): also_accept"
        first, second = map(json.loads, Path("out/trail.jsonl").read_text("utf-8").splitlines())
        assert first["scores"][0]["after"] == second["scores"][0]["before"]
        assert second["scores"][0]["after"]["earned"] > second["scores"][0]["before"]["earned"]

    def test_leave_a_table_and_a_trail(self, run: Run) -> None:
        run("in", "--amend", "amendments.yaml", "--changes", "out")
        table = rows(Path("out/changes.csv").read_text("utf-8"))
        assert [(row["student"], row["before"], row["after"], row["change"]) for row in table] == [
            ("anna", "3", "2", "-1"),
            ("bob", "2", "2", "0"),
            ("carl", "4", "4", "0"),
        ]
        first, second = map(json.loads, Path("out/trail.jsonl").read_text("utf-8").splitlines())
        assert (first["date"], first["by"], first["item"]) == ("2026-05-04", "A. Teacher", "tiny-true")
        assert re.fullmatch("sha256:[0-9a-f]{64}", first["bank_item"])
        assert first["scores"][0] == {
            "student": "anna",
            "paper": None,
            "before": {"earned": 3, "possible": 6},
            "after": {"earned": 6, "possible": 6},
        }
        assert second["scores"][0]["before"] == first["scores"][0]["after"]

    def test_add_to_the_trail_only_what_is_new(self, run: Run) -> None:
        command = ("in", "--amend", "amendments.yaml", "--changes", "out")
        run(*command)
        trail = Path("out/trail.jsonl")
        once = trail.read_bytes()
        run(*command)
        assert trail.read_bytes() == once
        more = AMENDMENTS.removeprefix("amendments:\n").split("  - item")[1].replace("tiny-true", "tiny-many")
        more = more.replace("[false]", "[['3']]")
        Path("amendments.yaml").write_text(f"{AMENDMENTS}  - item{more}", "utf-8")
        run(*command)
        assert trail.read_bytes().startswith(once)
        assert len(trail.read_text("utf-8").splitlines()) == 3

    def test_stand_on_the_pages_with_their_reasons(self, run: Run) -> None:
        run("in", "--amend", "amendments.yaml", "--format", "html", "-o", "out")
        page = Path("out/students/anna.html").read_text("utf-8")
        assert "Another answer is accepted too: It can be read &lt;both&gt; ways." in page
        assert "This question counts for nothing: Nobody could know." in page
        assert "A. Teacher" not in page
        assert "What the amendments changed" in Path("out/index.html").read_text("utf-8")

    def test_that_no_paper_needs_are_told(self, run: Run) -> None:
        Path("amendments.yaml").write_text(AMENDMENTS.replace("tiny-one", "tiny-none"), "utf-8")
        done = run("in", "--amend", "amendments.yaml", "--changes", "out")
        assert "amendments.yaml:7:1: unused-amendment: no paper here has the item `tiny-none`" in done.stderr
        assert len(Path("out/trail.jsonl").read_text("utf-8").splitlines()) == 1

    def test_that_cannot_be_applied_stop_all(self, run: Run) -> None:
        Path("amendments.yaml").write_text(AMENDMENTS.replace("[false]", "[perhaps]"), "utf-8")
        done = run("in", "--amend", "amendments.yaml", "--changes", "out")
        assert isinstance(done.exception, ContentError)
        assert not Path("out").exists()

    def test_are_needed_for_changes(self, run: Run) -> None:
        assert isinstance(run("in", "--changes", "out").exception, UsageError)

    def test_come_after_what_a_person_decided(self, run: Run) -> None:
        put("dora.yaml", {"why-residual": "It helps.", "tiny-true": False})
        run("in", "--pending", "marks.csv")
        filled = Path("marks.csv").read_text("utf-8").replace(",2,,", ",2,1,").replace(",1.5,,", ",1.5,1,")
        Path("marks.csv").write_text(filled, "utf-8")
        done = run("in", "--marks", "marks.csv", "--amend", "amendments.yaml", "--format", "csv")
        dora = rows(done.stdout)[-1]
        assert (dora["score"], dora["waiting"], dora["why-residual"]) == ("4", "0", "2")


def test_pages_that_cannot_be_written_are_told(run: Run, here: Path) -> None:
    put("anna.yaml", {"tiny-true": True})
    Path("out").write_text("a file", "utf-8")
    assert isinstance(run("in", "--format", "html", "-o", "out").exception, UsageError)


RULES = (
    "no-paper linked-paper student-twice bad-amendment unused-amendment unclear-answer unknown-item"
    " not-on-paper wrong-form odd-paper other-paper unknown-paper not-marked"
)


def test_every_finding_has_a_page() -> None:
    assert set(RULES.split()) <= set(rule_pages())


def test_every_finding_about_a_paper_stands_in_the_guide() -> None:
    guide = (REPOSITORY / "docs" / "marking.md").read_text("utf-8")
    of_amendments = {"bad-amendment", "unused-amendment"}
    of_files = {"yaml-syntax", "file-empty", "file-unreadable", "no-responses"}
    assert not [rule for rule in {*RULES.split()} - of_amendments | of_files if f"`{rule}`" not in guide]


def test_an_empty_paper_is_told_as_one(run: Run) -> None:
    Path("in/anna.yaml").write_text("", "utf-8")
    done = run("in")
    assert done.return_value == 2
    assert "in/anna.yaml:1:1: file-empty" in done.stderr


def test_what_a_table_and_options_hold_stands_in_them(run: Run, types_form: Form) -> None:
    put("anna.yaml", {"layer-table": {"2.2": "28x28x10", "2.3": "7"}, "half-right": "B"})
    run("in", "--format", "html", "-o", "out")
    page = Path("out/students/anna.html").read_text("utf-8")
    assert '<td class="given">28x28x10</td><td class="given">7</td>' in page
    assert page.count('<span class="tag">your choice</span>') == 1
    assert "Your answer" not in page


def test_no_solution_stands_beside_what_can_still_be_mended(run: Run) -> None:
    put("anna.yaml", {"half-right": "AB", "who-did-it": "gradient descent"})
    run("in", "--format", "html", "-o", "out")
    page = Path("out/students/anna.html").read_text("utf-8")
    assert page.count('<div class="solution">') == 1
    assert "Nearly." not in page


def test_pictures_stand_on_the_instructors_page_alone(run: Run) -> None:
    put("anna.yaml", {"tiny-true": True})
    run("in", "--format", "html", "-o", "out")
    index = Path("out/index.html").read_text("utf-8")
    assert index.count("<svg") == 2
    assert index.count("1 right") >= 1
    assert "<svg" not in Path("out/students/anna.html").read_text("utf-8")


def test_without_a_score_there_is_no_picture(run: Run) -> None:
    Path("in").mkdir(exist_ok=True)
    Path("in/anna.yaml").write_text("{", "utf-8")
    run("in", "--format", "html", "-o", "out")
    assert "<svg" not in Path("out/index.html").read_text("utf-8")


def test_no_row_of_another_paper_stays_where_one_cannot_be_marked(run: Run) -> None:
    put("anna.yaml", {"tiny-true": True})
    assert run("in/anna.yaml", "--format", "csv", "-o", "s.csv").return_value == 0
    Path("in/anna.yaml").write_text("{", "utf-8")
    assert run("in/anna.yaml", "--format", "csv", "-o", "s.csv").return_value == 2
    (row,) = rows(Path("s.csv").read_text("utf-8"))
    assert (row["score"], row["findings"][:11]) == ("", "yaml-syntax")
