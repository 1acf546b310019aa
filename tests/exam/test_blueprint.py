"""A blueprint that contradicts itself or the bank is told where, and how to mend it."""

from pathlib import Path

import pytest

from grader.bank import load_bank
from grader.exam.blueprint import read_blueprint
from tests.conftest import SMALL

TINY = load_bank(SMALL / "question_bank")
HEAD = "title: A\nminutes: 1\nsections:\n"


@pytest.mark.parametrize(
    ("section", "rule", "what"),
    [
        ("type: short_answer, total: 4, points: 2", "section-size", "beside `total`"),
        ("type: short_answer, total: 4, count: 2", "section-size", "either `count` or `total`"),
        ("type: short_answer, total: -4", "bad-points", "more than 0"),
        ("type: true_false, count: 1, points: 0", "bad-points", "more than 0"),
        ("type: multiple_choice, count: 1, key_sizes: {1: -1}", "wrong-kind", "`1: -1` is no number"),
        ("type: multiple_choice, count: 1, key_sizes: {one: 1}", "wrong-kind", "`one: 1` is no number"),
        (f"type: multiple_choice, count: 1, key_sizes: {{{'9' * 900}: 1}}", "wrong-kind", "is no number"),
        ("type: true_false, count: 1, topics: [tiny, tinny]", "unknown-value", "no topic `tinny`"),
        ("type: true_false, count: 1, topic: tiny", "unknown-field", "`topic`"),
        ("type: true_false, count: 1.5", "wrong-kind", ""),
    ],
)
def test_a_section_that_cannot_be_drawn_is_a_finding(
    tmp_path: Path, section: str, rule: str, what: str
) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(f"{HEAD}  - {{title: B, {section}}}\n", "utf-8")
    (finding,) = read_blueprint(path, TINY)[1]
    assert (finding.rule, finding.line) == (rule, 4)
    assert what in finding.what
    assert finding.cure


def test_every_fault_is_told_in_one_run(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(
        f"{HEAD}  - {{title: B, type: true_false, count: 0, scheme: luck, topics: [x]}}\n", "utf-8"
    )
    assert len(read_blueprint(path, TINY)[1]) == 3


def test_without_the_bank_topics_are_not_judged(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(f"{HEAD}  - {{title: B, type: true_false, count: 1, topics: [x]}}\n", "utf-8")
    assert read_blueprint(path)[1] == []
