"""What waits for a person: written out, filled in, read back strictly, and counted exactly."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.errors import ContentError
from grader.exam.deciding import unused, with_marks
from grader.exam.marking import mark_one
from grader.exam.marks import FIELDS, as_decimal, marks_csv, marks_yaml, read_marks, read_points, waiting
from grader.exam.questions import asked, loose_question
from grader.model.form import ItemResult
from grader.model.item import Bank

TEXT = '=HYPERLINK("x"),\nit "vanishes"; \'so\' | they say – größer'
Rows = list[dict[str, str]]


@pytest.fixture
def essay(types_bank: Bank) -> ItemResult:
    return mark_one(loose_question(types_bank.items["why-residual"]), TEXT)


@pytest.fixture
def decided(tmp_path: Path, essay: ItemResult) -> Callable[..., tuple[ItemResult, list[str]]]:
    """The essay after a file of marks was written, changed and read again, with the rules that it breaks."""

    def decided(
        change: Callable[[Rows], None], now: ItemResult | None = None
    ) -> tuple[ItemResult, list[str]]:
        rows = list(csv.DictReader(io.StringIO(marks_csv(waiting("p-1-abc", "ada.yaml", [essay])))))
        change(rows)
        path = tmp_path / "marks.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, FIELDS)
            writer.writeheader()
            writer.writerows(rows)
        marks = read_marks(path)
        results, findings, used = with_marks(marks, "p-1-abc", "ada.yaml", [now or essay])
        return results[0], [finding.rule for finding in (*findings, *unused(marks, used))]

    return decided


def give(*points: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        for row, given_ in zip(rows, points, strict=True):
            row["given"] = given_

    return change


def test_a_line_a_criterion_with_the_answer_and_no_formula(essay: ItemResult) -> None:
    rows = list(csv.DictReader(io.StringIO(marks_csv(waiting("p-1-abc", "ada.yaml", [essay])))))
    assert list(rows[0]) == [
        "paper", "file", "item", "criterion", "points", "given", "comment", "response"
    ]  # fmt: skip
    assert [row["criterion"] for row in rows] == [
        "names the vanishing gradient",
        "says that the identity lets it through",
    ]
    assert [row["points"] for row in rows] == ["2", "1.5"]
    assert rows[0]["response"] == f"'{TEXT}"


@pytest.mark.parametrize(
    ("points", "earned", "correct"),
    [
        (("2", "1.5"), Fraction(7, 2), True),
        (("2", "3/2"), Fraction(7, 2), True),
        (("2", "1,5"), Fraction(7, 2), True),
        ((" 1/3 ", "0"), Fraction(1, 3), False),
        (("0", "0"), Fraction(0), False),
        (("2", ""), Fraction(2), None),
        (("", ""), Fraction(0), None),
    ],
)
def test_points_given_are_counted_exactly(
    decided: Callable[..., tuple[ItemResult, list[str]]],
    points: tuple[str, str],
    earned: Fraction,
    correct: bool | None,
) -> None:
    result, rules = decided(give(*points))
    assert not rules
    assert result.score.earned == earned
    assert result.correct is correct
    assert len(result.pending) == points.count("")


def test_what_was_given_is_told_with_its_comment(
    decided: Callable[..., tuple[ItemResult, list[str]]],
) -> None:
    def change(rows: Rows) -> None:
        give("1", "1.5")(rows)
        rows[0]["comment"] = "Which gradient?"

    result, _ = decided(change)
    assert "names the vanishing gradient: 1 of 2 points (Which gradient?)." in result.feedback
    assert "A model answer:" in result.feedback


def test_a_spreadsheet_may_change_spaces_and_ends_of_lines(
    decided: Callable[..., tuple[ItemResult, list[str]]],
) -> None:
    def change(rows: Rows) -> None:
        give("2", "1.5")(rows)
        for row in rows:
            row["response"] = row["response"].replace("\n", "\r\n") + " "
            row["points"] = row["points"].replace(".", ",")

    result, rules = decided(change)
    assert (result.correct, rules) == (True, [])


@pytest.mark.parametrize(
    ("field", "value", "rules"),
    [
        ("given", "3", ["bad-mark"]),
        ("points", "5", ["stale-mark"]),
        ("response", "another answer", ["stale-mark"]),
        ("file", "bob.yaml", ["unused-mark"]),
        ("paper", "p-2-abc", ["unused-mark"]),
        ("item", "why", ["unused-mark"]),
        ("criterion", "names it", ["unused-mark"]),
    ],
)
def test_a_mark_that_does_not_fit_is_told_and_not_counted(
    decided: Callable[..., tuple[ItemResult, list[str]]], field: str, value: str, rules: list[str]
) -> None:
    def change(rows: Rows) -> None:
        give("2", "1.5")(rows)
        rows[0][field] = value

    result, found = decided(change)
    assert found == rules
    assert result.score.earned == Fraction(3, 2)
    assert [one.criterion for one in result.pending] == ["names the vanishing gradient"]


def test_marks_for_an_answer_that_was_changed_since_are_not_counted(
    decided: Callable[..., tuple[ItemResult, list[str]]], types_bank: Bank
) -> None:
    now = mark_one(loose_question(types_bank.items["why-residual"]), "Something else.")
    result, rules = decided(give("2", "1.5"), now)
    assert rules == ["stale-mark", "stale-mark"]
    assert result == now


def test_other_points_in_a_section_make_marks_stale(
    decided: Callable[..., tuple[ItemResult, list[str]]], types_bank: Bank
) -> None:
    now = mark_one(asked(types_bank.items["why-residual"], 1, points=Fraction(7)), TEXT)
    assert decided(give("2", "1.5"), now)[1] == ["stale-mark", "stale-mark"]


def test_yaml_goes_round_like_csv(tmp_path: Path, essay: ItemResult) -> None:
    path = tmp_path / "marks.yaml"
    text = marks_yaml(waiting("p-1-abc", "ada.yaml", [essay]))
    path.write_text(text.replace("given: null", "given: 1.50"), "utf-8")
    marks = read_marks(path)
    results, findings, used = with_marks(marks, "p-1-abc", "ada.yaml", [essay])
    assert not findings
    assert not list(unused(marks, used))
    assert results[0].score.earned == 3


def test_a_paper_without_a_name_goes_round(tmp_path: Path, essay: ItemResult) -> None:
    for name, text in (("m.yaml", marks_yaml), ("m.csv", marks_csv)):
        path = tmp_path / name
        path.write_text(text(waiting(None, "ada.yaml", [essay])), "utf-8")
        _, findings, used = with_marks(read_marks(path), None, "ada.yaml", [essay])
        assert not findings
        assert len(used) == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("a,b\n1,2\n", 1),
        ("paper,file,item,criterion,points,given,comment,response\np,f,i,c,2,many,,\n", 2),
        ("paper,file,item,criterion,points,given,comment,response\np,f,i,c,2,-1,,\n", 2),
        ("paper,file,item,criterion,points,given,comment,response\np,f,i,c,2,1e9,,\n", 2),
        ("paper,file,item,criterion,points,given,comment,response\np,f,i,c,2,1\n", 2),
        ("paper,file,item,criterion,points,given,comment,response\np,f,i,c,2,1,,\np,f,i,c,2,2,,\n", 3),
        ('paper,file,item,criterion,points,given,comment,response\np,f,i,c,2,1,"a"b,\n', 2),
        ("paper,file,item,criterion,points,given,comment,response,name\n", 1),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "marks.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(ContentError) as caught:
        read_marks(path)
    assert [(finding.rule, finding.line) for finding in caught.value.findings] == [("bad-mark", line)]


@pytest.mark.parametrize(
    "text",
    ["marks: 5\n", "marks: [{file: f}]\n", "marks: [{fil: f, item: i, criterion: c, points: 1}]\n", "[]"],
)
def test_yaml_that_cannot_be_used_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "marks.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ContentError):
        read_marks(path)


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path: Path, essay: ItemResult) -> None:
    text = marks_csv(waiting("p", "f.yaml", [replace(essay, response="a")]))
    rows = list(csv.reader(io.StringIO(text)))
    path = tmp_path / "marks.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    assert len(read_marks(path).marks) == 2


@given(st.fractions(min_value=0, max_value=1000, max_denominator=9999))
@example(Fraction(1000000, 1001))
def test_points_are_written_and_read_exactly(points: Fraction) -> None:
    assert read_points(as_decimal(points)) == points
