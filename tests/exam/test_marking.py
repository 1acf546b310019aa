"""Filled-in papers: what people write is understood, what cannot be understood is told and costs nothing."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from grader.bank import load_bank
from grader.errors import ContentError, UsageError
from grader.exam.assembly import assemble
from grader.exam.blueprint import load_blueprint
from grader.exam.marking import MarkedPaper, mark_responses
from grader.exam.printed import key_letters
from grader.exam.responses import read_responses
from grader.export.notebook import paper_notebook
from grader.model.form import Form, ItemResult
from grader.model.item import Bank, ShortAnswer, TrueFalse
from grader.model.score import total
from grader.quiz.answers import shown_answer
from grader.report.paper import paper_to_json
from tests.conftest import SMALL


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank(SMALL / "question_bank")


@pytest.fixture(scope="module")
def form(bank: Bank) -> Form:
    return assemble(load_blueprint(SMALL, "tiny"), bank, 3)


def marked(folder: Path, bank: Bank, text: str | bytes, name: str = "r.yaml") -> MarkedPaper:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return mark_responses(SMALL, bank, read_responses(path))


def one(folder: Path, bank: Bank, item: str, typed: str) -> ItemResult:
    (result,) = marked(folder, bank, f"responses:\n  {item}: {typed}\n").results
    return result


def solved(form: Form) -> dict[str, Any]:
    """The right answers to a form, in its own letters."""
    answers: dict[str, Any] = {}
    for section in form.sections:
        for question in section.questions:
            match question.item:
                case TrueFalse(answer=answer):
                    answers[question.item.id] = answer
                case ShortAnswer() as item:
                    answers[question.item.id] = shown_answer(item)
                case _:
                    answers[question.item.id] = sorted(key_letters(question))
    return answers


def _wrong(answer: Any) -> Any:
    """An answer as far from a right one as can be."""
    match answer:
        case bool():
            return not answer
        case list():
            return sorted(set("ABC") - set(answer))
    return "1"


class TestWhatPeopleWrite:
    @pytest.mark.parametrize(
        ("item", "typed", "earned"),
        [
            ("tiny-true", "true", 2),
            ("tiny-true", "True", 2),
            ("tiny-true", "yes", 2),
            ("tiny-true", "T", 2),
            ("tiny-true", '"t"', 2),
            ("tiny-true", "no", -1),
            ("tiny-true", "false", -1),
            ("tiny-true", "", 0),
            ("tiny-true", "null", 0),
            ("tiny-one", "A", 4),
            ("tiny-one", "[A]", 4),
            ("tiny-one", "a", 4),
            ("tiny-one", "B", 0),
            ("tiny-many", "[A, C]", 4),
            ("tiny-many", "[C, A, A]", 4),
            ("tiny-many", "AC", 4),
            ("tiny-many", '"a, c"', 4),
            ("tiny-many", "A and C", 4),
            ("tiny-many", "A", 2),
            ("tiny-many", "[A, B, C]", 2),
            ("tiny-many", "D", 0),
            ("tiny-many", "[]", 0),
            ("tiny-none", "C", 4),
            ("tiny-number", "260", 6),
            ("tiny-number", "10*5*5 + 10", 6),
            ("tiny-number", "10x1x5x5 + 10", 6),
            ("tiny-number", "250", 0),
            ("tiny-shape", "[8, 1, 28, 28]", 4),
            ("tiny-shape", "8x1x28x28", 4),
            ("tiny-shape", "(8, 1, 28, 28)", 4),
        ],
    )
    def test_is_understood(self, tmp_path: Path, bank: Bank, item: str, typed: str, earned: int) -> None:
        assert one(tmp_path, bank, item, typed).score.earned == earned

    @pytest.mark.parametrize(
        ("item", "typed"),
        [
            ("tiny-true", "maybe"),
            ("tiny-true", "[true]"),
            ("tiny-one", "AB"),
            ("tiny-one", "E"),
            ("tiny-many", "[A, Z]"),
            ("tiny-many", "[1]"),
            ("tiny-many", "{A: true}"),
            ("tiny-number", "two hundred"),
            ("tiny-number", "__import__('os')"),
            ("tiny-shape", "big"),
        ],
    )
    def test_is_told_and_costs_nothing_where_it_is_unclear(
        self, tmp_path: Path, bank: Bank, item: str, typed: str
    ) -> None:
        paper = marked(tmp_path, bank, f"responses:\n  {item}: {typed}\n")
        (result,), (finding,) = paper.results, paper.findings
        assert result.correct is None
        assert result.score.earned == 0
        assert (finding.rule, finding.line) == ("unclear-answer", 2)

    def test_a_blank_differs_from_a_wrong_answer(self, tmp_path: Path, bank: Bank) -> None:
        result = one(tmp_path, bank, "tiny-true", "")
        assert (result.correct, result.response) == (None, None)
        assert result.feedback.startswith("Left blank.")

    def test_a_near_miss_is_told_what_it_is(self, tmp_path: Path, bank: Bank) -> None:
        assert "Do the filters have biases?" in one(tmp_path, bank, "tiny-number", "250").feedback

    def test_wrong_and_missed_options_are_named(self, tmp_path: Path, bank: Bank) -> None:
        feedback = one(tmp_path, bank, "tiny-many", "AB").feedback
        assert "B is not right: 3 is odd." in feedback
        assert "C is right." in feedback


class TestFiles:
    def test_json_is_read_like_yaml(self, tmp_path: Path, bank: Bank) -> None:
        text = json.dumps({"responses": {"tiny-true": True, "tiny-many": ["A", "C"], "tiny-number": 260}})
        paper = marked(tmp_path, bank, text, "r.json")
        assert total(result.score for result in paper.results).is_full

    @pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b""])
    def test_byte_order_mark_and_windows_line_ends_do_no_harm(
        self, tmp_path: Path, bank: Bank, start: bytes
    ) -> None:
        paper = marked(tmp_path, bank, start + b"responses:\r\n  tiny-true: true\r\n")
        assert total(result.score for result in paper.results).is_full

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "responses:\n",
            "responses: [1]\n",
            "- 1\n",
            "answers: {}\n",
            "responses: {}\n",
            "paper: 7\nresponses: {tiny-true: true}\n",
            "seed: many\nresponses: {tiny-true: true}\n",
            "seed: -1\nresponses: {tiny-true: true}\n",
            "responses: {a: b\n",
            "\0",
            "[" * 5000,
        ],
    )
    def test_what_is_no_paper_is_a_finding(self, tmp_path: Path, bank: Bank, text: str) -> None:
        with pytest.raises(ContentError) as caught:
            marked(tmp_path, bank, text)
        assert all(finding.cure for finding in caught.value.findings)

    @pytest.mark.parametrize("name", ["r.yaml", "r.json"])
    def test_an_answer_given_twice_is_told_and_the_rest_marked(
        self, tmp_path: Path, bank: Bank, name: str
    ) -> None:
        text = '{"responses": {\n"tiny-true": true,\n"tiny-one": "A",\n"tiny-true": false}}'
        paper = marked(tmp_path, bank, text, name)
        assert [(result.id, result.correct) for result in paper.results] == [
            ("tiny-true", None),
            ("tiny-one", True),
        ]
        (finding,) = paper.findings
        assert (finding.rule, finding.line) == ("unclear-answer", 4)
        assert "a second time (first in line 2)" in finding.what

    def test_a_field_of_the_students_own_is_told_and_the_rest_marked(
        self, tmp_path: Path, bank: Bank
    ) -> None:
        paper = marked(tmp_path, bank, "name: Ada\nresponses:\n  tiny-true: true\n")
        assert [(finding.rule, finding.line) for finding in paper.findings] == [("unknown-field", 1)]
        assert total(result.score for result in paper.results).is_full

    def test_an_unknown_item_is_told_and_the_rest_marked(self, tmp_path: Path, bank: Bank) -> None:
        paper = marked(tmp_path, bank, "responses:\n  tiny-true: true\n  tiny-tru: true\n")
        assert len(paper.results) == 1
        assert [(finding.rule, finding.line) for finding in paper.findings] == [("unknown-item", 3)]


class TestForms:
    def test_a_perfect_paper_earns_everything(self, tmp_path: Path, bank: Bank, form: Form) -> None:
        text = json.dumps({"paper": form.id, "responses": solved(form)})
        paper = marked(tmp_path, bank, text)
        assert total(result.score for result in paper.results).is_full
        assert not paper.findings

    def test_a_blank_paper_earns_nothing_of_everything(self, tmp_path: Path, bank: Bank, form: Form) -> None:
        paper = marked(tmp_path, bank, f"paper: {form.id}\nresponses: {{}}\n")
        assert total(result.score for result in paper.results).earned == 0
        assert total(result.score for result in paper.results).possible == Fraction(22)

    def test_an_all_wrong_paper_loses_only_what_true_and_false_take_off(
        self, tmp_path: Path, bank: Bank, form: Form
    ) -> None:
        wrong = {name: _wrong(answer) for name, answer in solved(form).items()}
        paper = marked(tmp_path, bank, json.dumps({"paper": form.id, "responses": wrong}))
        assert {result.correct for result in paper.results} == {False}
        assert sorted(result.score.earned for result in paper.results) == [-1, -1, 0, 0, 0, 0]
        assert not paper.findings

    def test_letters_are_those_of_the_form(self, tmp_path: Path, bank: Bank, form: Form) -> None:
        question = next(q for section in form.sections for q in section.questions if q.item.id == "tiny-many")
        letters = sorted(key_letters(question))
        paper = marked(tmp_path, bank, json.dumps({"paper": form.id, "responses": {"tiny-many": letters}}))
        assert next(result for result in paper.results if result.id == "tiny-many").correct

    def test_an_item_of_another_paper_is_told(self, tmp_path: Path, bank: Bank, form: Form) -> None:
        paper = marked(tmp_path, bank, f"paper: {form.id}\nresponses: {{tiny-one: A}}\n")
        assert [finding.rule for finding in paper.findings] == ["not-on-paper"]

    def test_a_blueprint_that_the_student_brought_is_not_used(
        self, tmp_path: Path, bank: Bank, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        text = "title: Mine\nminutes: 1\nsections: [{title: T, type: true_false, count: 1, points: 1000}]\n"
        (tmp_path / "mine.yaml").write_text(text, "utf-8")
        mine = assemble(load_blueprint(SMALL, "mine.yaml"), bank, 1)
        paper = mine.id.replace("mine-", "mine.yaml-")
        with pytest.raises(UsageError, match=r"no blueprint `mine\.yaml`"):
            marked(tmp_path, bank, f"paper: {paper}\nresponses: {{}}\n")

    @pytest.mark.parametrize("paper", ["tiny-3-000000", "other-3-abcdef", "tiny"])
    def test_a_paper_that_cannot_be_drawn_again_is_wrong_usage(
        self, tmp_path: Path, bank: Bank, paper: str
    ) -> None:
        with pytest.raises(UsageError):
            marked(tmp_path, bank, f"paper: {paper}\nresponses: {{}}\n")


class TestNotebooks:
    def filled(self, form: Form, answers: dict[str, Any]) -> dict[str, Any]:
        tree: dict[str, Any] = json.loads(paper_notebook(form))
        for cell in tree["cells"]:
            about = cell["metadata"].get("grade")
            if about and about["item"] in answers:
                # As Jupyter saves it: a list of lines, with outputs and a count.
                cell["source"] = [f"answer = {answers[about['item']]!r}  # done\n"]
                cell["execution_count"] = 3
                cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["hello\n"]}]
        return tree

    def test_a_filled_in_notebook_is_marked_to_the_same_score(
        self, tmp_path: Path, bank: Bank, form: Form
    ) -> None:
        text = json.dumps(self.filled(form, solved(form)))
        paper = marked(tmp_path, bank, text, "p.ipynb")
        assert total(result.score for result in paper.results).is_full

    def test_an_untouched_notebook_is_blank(self, tmp_path: Path, bank: Bank, form: Form) -> None:
        paper = marked(tmp_path, bank, paper_notebook(form), "p.ipynb")
        assert {result.response for result in paper.results} == {None}
        assert not paper.findings

    def with_first_answer(self, form: Form, source: str) -> str:
        tree = self.filled(form, solved(form))
        next(cell for cell in tree["cells"] if "grade" in cell["metadata"])["source"] = source
        return json.dumps(tree)

    @pytest.mark.parametrize(
        "source",
        [
            "answer = open('/etc/passwd').read()",
            "answer = (",
            "x = 3",
            "answer = 1; answer = 2",
            "1 + 1",
            "answer = " + "-" * 100_000 + "1",
            "answer = " + "(" * 900,
            "answer = {}",
            "answer = b'T'",
            "answer = 1e999",
            "answer = [1e999]",
            "answer = ...",
            "answer = '\ud800'",
            r"answer = '\ud800'",
            r"answer = ['\ud800']",
            r"answer = '\ud8' '00'",
            r"answer = u'\ud800'",
            "answer: bool",
        ],
    )
    def test_a_cell_that_is_no_answer_is_told_and_never_run(
        self, tmp_path: Path, bank: Bank, form: Form, source: str
    ) -> None:
        paper = marked(tmp_path, bank, self.with_first_answer(form, source), "p.ipynb")
        first, *others = paper.results
        assert first.correct is None
        assert first.score.earned == 0
        assert first.response is not None
        assert all(result.correct for result in others)
        assert [finding.rule for finding in paper.findings] == ["unclear-answer"]
        assert json.loads(paper_to_json(paper.results).encode())["items"][0]["correct"] is None

    @pytest.mark.parametrize(
        ("item", "source"),
        [
            ("tiny-true", "answer = true"),
            ("tiny-true", "answer = 'yes'"),
            ("tiny-true", "# I think\r\nanswer = True\r\n"),
            ("tiny-number", "answer = 10*5*5 + 10  # weights and biases"),
            ("tiny-number", "answer = 260"),
            ("tiny-number", 'answer = r"10 \\cdot 5^2 + 10"'),
            ("tiny-number", 'answer = "10 \\cdot 5^2 + 10"'),
            ("tiny-number", 'answer = "\\frac{520}{2}"'),
            ("tiny-shape", "answer = 8x1x28x28"),
            ("tiny-shape", "answer = (8, 1, 28, 28)"),
            ("tiny-shape", "answer = [8, 1, 28, 28]"),
        ],
    )
    def test_an_answer_without_quotes_is_taken_as_it_was_typed(
        self, tmp_path: Path, bank: Bank, form: Form, item: str, source: str
    ) -> None:
        tree = self.filled(form, {})
        answers = [cell for cell in tree["cells"] if "grade" in cell["metadata"]]
        next(cell for cell in answers if cell["metadata"]["grade"]["item"] == item)["source"] = source
        paper = marked(tmp_path, bank, json.dumps(tree), "p.ipynb")
        assert next(result for result in paper.results if result.id == item).correct, paper.findings
        assert not paper.findings

    def test_letters_need_no_quotes(self, tmp_path: Path, bank: Bank, form: Form) -> None:
        tree = self.filled(form, {})
        for cell in tree["cells"]:
            about = cell["metadata"].get("grade", {})
            if about.get("item") == "tiny-many":
                cell["source"] = f"answer = {', '.join(solved(form)['tiny-many']).lower()}"
        paper = marked(tmp_path, bank, json.dumps(tree), "p.ipynb")
        assert next(result for result in paper.results if result.id == "tiny-many").correct

    def test_a_question_answered_in_two_cells_is_told_and_the_rest_marked(
        self, tmp_path: Path, bank: Bank, form: Form
    ) -> None:
        tree = self.filled(form, solved(form))
        answers = [cell for cell in tree["cells"] if "grade" in cell["metadata"]]
        tree["cells"].append({**answers[0], "source": "answer = None"})
        paper = marked(tmp_path, bank, json.dumps(tree), "p.ipynb")
        assert [result.correct for result in paper.results].count(None) == 1
        (finding,) = paper.findings
        assert "two cells" in finding.what

    def test_cells_of_two_papers_are_no_paper(self, tmp_path: Path, bank: Bank, form: Form) -> None:
        tree = self.filled(form, solved(form))
        answers = [cell for cell in tree["cells"] if "grade" in cell["metadata"]]
        answers[0]["metadata"]["grade"]["paper"] = "tiny-4-abcdef"
        with pytest.raises(ContentError, match="several-papers"):
            marked(tmp_path, bank, json.dumps(tree), "p.ipynb")

    def test_cells_added_by_the_student_do_no_harm(self, tmp_path: Path, bank: Bank, form: Form) -> None:
        tree = self.filled(form, solved(form))
        tree["cells"].insert(0, {"cell_type": "code", "metadata": {}, "source": "1/0", "outputs": []})
        paper = marked(tmp_path, bank, json.dumps(tree), "p.ipynb")
        assert total(result.score for result in paper.results).is_full

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": []}', '{"cells": [3]}', "\xff"])
    def test_what_is_no_paper_is_a_finding(self, tmp_path: Path, bank: Bank, text: str) -> None:
        with pytest.raises(ContentError):
            marked(tmp_path, bank, text.encode("latin-1"), "p.ipynb")
