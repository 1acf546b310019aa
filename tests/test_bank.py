"""The question bank: what a good file gives, and a finding for each fault of a bad one."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from grader.bank import RULES, load_bank, read_bank
from grader.errors import ContentError, Finding
from grader.model.answer import NumberAnswer, TextAnswer, Tolerance
from grader.model.item import Distractor, Key, SingleChoice
from grader.reading import RULES as RULES_OF_READING

BANKS = Path(__file__).parent / "courses" / "banks"

ITEM = """
  - id: {id}
    type: true_false
    stem: Is it?
    answer: true
    explanation: It is.
    difficulty: 2
"""
CHOICE = """
  - id: a-choice
    type: {type}
    stem: Which?
    options: {options}
    explanation: These.
    difficulty: 2
"""
SHORT = """
  - id: an-answer
    type: short_answer
    stem: How many?
    answer: {answer}
    near_misses: {misses}
    explanation: So many.
    difficulty: 2
"""

Faults = Callable[..., list[Finding]]


@pytest.fixture
def faults(tmp_path: Path) -> Faults:
    """The findings in a bank of these items, one file each."""

    def faults(*items: str) -> list[Finding]:
        for index, item in enumerate(items):
            (tmp_path / f"file{index}.yaml").write_text(f"topic: t\nitems:{item}", encoding="utf-8")
        return read_bank(tmp_path)[1]

    return faults


def rules(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def test_five_faults_give_five_findings_with_places_and_cures_in_one_run() -> None:
    _, findings = read_bank(BANKS / "broken")

    assert {(finding.line, finding.column, finding.rule) for finding in findings} == {
        (6, 13, "not-a-boolean"),
        (7, 5, "unknown-field"),
        (9, 5, "duplicate-key"),
        (15, 76, "broken-tex"),
        (19, 9, "too-many-keys"),
    }
    assert len(findings) == 5
    assert all(finding.cure for finding in findings)
    assert [finding.cure for finding in findings if finding.rule == "not-a-boolean"] == ["write `false`"]


def test_a_good_bank_has_no_findings() -> None:
    bank, findings = read_bank(BANKS / "good")

    assert not findings
    assert list(bank.items) == ["price", "one-key", "none-is-right", "a-number", "a-shape", "a-word"]
    assert set(bank.topics.values()) == {"mixed"}
    assert bank.places["one-key"].line == 10


def test_items_say_what_was_written() -> None:
    items = load_bank(BANKS / "good").items

    choice = items["one-key"]
    assert isinstance(choice, SingleChoice)
    assert isinstance(choice.options[0], Distractor)
    assert choice.options[1] == Key("$N$")
    assert choice.worth == Fraction(5, 2)
    assert getattr(items["a-number"], "answer", None) == NumberAnswer("0.50", Tolerance(figures=2), "MB")
    assert getattr(items["a-word"], "answer", None) == TextAnswer("yes", ("on", "1:30"))


def test_a_bank_with_faults_is_not_loaded() -> None:
    with pytest.raises(ContentError) as caught:
        load_bank(BANKS / "broken")
    assert len(caught.value.findings) == 5


def test_good_items_are_read_beside_faulty_ones(tmp_path: Path) -> None:
    text = "topic: t\nitems:" + ITEM.format(id="good") + ITEM.format(id="BAD")
    (tmp_path / "t.yaml").write_text(text, encoding="utf-8")

    bank, findings = read_bank(tmp_path)

    assert list(bank.items) == ["good"]
    assert rules(findings) == ["bad-id"]


def test_an_id_used_twice_names_the_first_place(faults: Faults) -> None:
    (finding,) = faults(ITEM.format(id="same"), ITEM.format(id="same"))

    assert finding.rule == "duplicate-id"
    assert finding.path.name == "file1.yaml"
    assert "file0.yaml:3" in finding.what


@pytest.mark.parametrize("name", ["A-b", "a_b", "a--b", "-a", "a b", "é", "''"])
def test_an_id_is_lower_case_words_and_hyphens(faults: Faults, name: str) -> None:
    assert rules(faults(ITEM.format(id=name))) == ["bad-id"]


@pytest.mark.parametrize(
    ("type_", "options", "rule"),
    [
        ("single_choice", "[{key: a}, {key: b}]", "too-many-keys"),
        ("single_choice", "[{distractor: a}, {distractor: b}]", "no-key"),
        ("multiple_choice", "[{distractor: a}, {distractor: b}]", "no-key"),
        ("multiple_choice", "[{key: a}, none_of_the_above, {key: b}]", "none-not-last"),
        ("multiple_choice", "[{key: a}, none_of_the_above, none_of_the_above]", "none-not-last"),
        ("multiple_choice", "[{key: a}]", "option-count"),
        ("multiple_choice", "[]", "option-count"),
        ("multiple_choice", f"[{', '.join(f'{{key: o{i}}}' for i in range(27))}]", "option-count"),
        ("multiple_choice", "[{key: a b}, {distractor: A  b}]", "duplicate-option"),
        ("multiple_choice", "[{key: a}, {distractor: '  '}]", "empty-text"),
        ("multiple_choice", "[{key: a, feedback: ''}, {distractor: b}]", "empty-text"),
        ("single_choice", "[{kye: a}, {distractor: b}]", "unknown-field"),
        ("single_choice", "[{key: a, distractor: b}, {distractor: c}]", "unknown-field"),
        ("single_choice", "[a, {key: b}]", "unknown-value"),
        ("multiple_choice", "[{key: $x}, {distractor: b}]", "broken-tex"),
    ],
)
def test_each_fault_of_options_has_one_finding(faults: Faults, type_: str, options: str, rule: str) -> None:
    assert rules(faults(CHOICE.format(type=type_, options=options))) == [rule]


@pytest.mark.parametrize(
    "options",
    [
        "[{key: a}, {distractor: b}, none_of_the_above]",
        "[{distractor: a}, {distractor: b}, none_of_the_above]",
        "[{key: $n$}, {distractor: $N$}]",
    ],
)
def test_these_options_are_fine(faults: Faults, options: str) -> None:
    assert not faults(CHOICE.format(type="single_choice", options=options))


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        ("{number: about 5}", "bad-answer"),
        ("{number: 1/0}", "bad-answer"),
        ("{number: 1, tolerance: {}}", "bad-tolerance"),
        ("{number: 1, tolerance: {relative: 0.1, absolute: 1}}", "bad-tolerance"),
        ("{number: 1, tolerance: {relative: -0.1}}", "bad-tolerance"),
        ("{number: 1, tolerance: {figures: 0}}", "bad-tolerance"),
        ("{number: 1, tolerance: 0.1}", "wrong-kind"),
        ("{number: 1, tolerance: {relativ: 0.1}}", "unknown-field"),
        ("{nmber: 1}", "unknown-field"),
        ("{number: 1, shape: [1]}", "unknown-field"),
        ("{shape: []}", "bad-answer"),
        ("{shape: [3, -1]}", "bad-answer"),
        ("{shape: 32x32}", "wrong-kind"),
        ("{text: '-'}", "empty-text"),
        ("{text: a, accept: ['']}", "empty-text"),
        ("5", "wrong-kind"),
    ],
)
def test_each_fault_of_an_answer_has_one_finding(faults: Faults, answer: str, rule: str) -> None:
    assert rules(faults(SHORT.format(answer=answer, misses="[]"))) == [rule]


@pytest.mark.parametrize(
    ("answer", "miss", "rule"),
    [
        ("{number: 2/4}", "{number: 0.5, feedback: f}", "near-miss-is-right"),
        ("{number: 2, tolerance: {absolute: 1}}", "{number: 3, feedback: f}", "near-miss-is-right"),
        ("{shape: [3, 4]}", "{shape: [3, 4], feedback: f}", "near-miss-is-right"),
        ("{text: batch norm}", "{text: Batch-Norm, feedback: f}", "near-miss-is-right"),
        ("{number: 2}", "{shape: [2], feedback: f}", "near-miss-kind"),
        ("{number: 2}", "{feedback: f}", "near-miss-kind"),
        ("{number: 2}", "{number: 3, text: three, feedback: f}", "near-miss-kind"),
        ("{number: 2}", "{number: three, feedback: f}", "bad-answer"),
        ("{number: 2}", "{number: 3, feedback: ''}", "empty-text"),
        ("{number: 2}", "{number: 3}", "missing-field"),
    ],
)
def test_each_fault_of_a_near_miss_has_one_finding(faults: Faults, answer: str, miss: str, rule: str) -> None:
    assert rules(faults(SHORT.format(answer=answer, misses=f"[{miss}]"))) == [rule]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("points: 0", "bad-points"),
        ("points: -1", "bad-points"),
        ("points: 1e300", "bad-points"),
        ("points: many", "wrong-kind"),
        ("minutes: 0", "bad-points"),
        ("source: [somewhere]", "bad-source"),
        ("source: [2/S2-112]", "bad-source"),
        ("source: 002_004/S2-112", "wrong-kind"),
        ("points: [", "yaml-syntax"),
    ],
)
def test_each_fault_of_what_an_item_states_has_one_finding(faults: Faults, line: str, rule: str) -> None:
    assert rules(faults(f"{ITEM.format(id='one')}    {line}\n")) == [rule]


def test_no_fault_of_an_item_hides_another(faults: Faults) -> None:
    item = """
  - id: Bad_Id
    type: short_answr
    stem: ""
    explanation: A $\\frac{1$ of it.
    answer: {number: 1, tolerance: {}}
    near_misses:
      - {number: two, feedback: f}
      - {number: 1.0, feedback: f}
    difficulty: 9
    points: -1
    source: [nowhere]
"""
    assert set(rules(faults(item))) == {
        "unknown-value",
        "bad-id",
        "empty-text",
        "broken-tex",
        "bad-tolerance",
        "bad-answer",
        "bad-points",
        "bad-source",
    }


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("stem: a $\\frac{1}{2$ b", 1, 20),
        ("stem: a $x$ and $ y", 1, 17),
        ("stem: |\n      first $a$\n      then $\\nosuch$ b", 3, 13),
        ("stem: >-\n      first $a$\n      then $\\nosuch$ b", 3, 13),
        ("stem: 'it''s $\\nosuch$ b'", 1, 15),
        ('stem: "half is $\\frac{1}{2}$"', 1, 7),
    ],
)
def test_a_broken_formula_is_found_where_it_stands(faults: Faults, text: str, line: int, column: int) -> None:
    (finding,) = faults(ITEM.format(id="one").replace("stem: Is it?", text))

    assert finding.rule == "broken-tex"
    assert (finding.line, finding.column) == (4 + line, column + 4 * (line == 1))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("- a", "wrong-kind"),
        ("hello", "wrong-kind"),
        ("topic: t", "wrong-kind"),
        ("topic: t\nitems: {a: 1}", "wrong-kind"),
        ("topic: t\nitems: [5]", "wrong-kind"),
        ("topic:\nitems: []", "wrong-kind"),
        ("items: []", "missing-field"),
        ("topic: t\nitems: []\nauthor: me", "unknown-field"),
        ("", "file-empty"),
    ],
)
def test_a_file_that_is_no_bank_is_a_finding(tmp_path: Path, text: str, rule: str) -> None:
    (tmp_path / "t.yaml").write_text(text, encoding="utf-8")

    assert rules(read_bank(tmp_path)[1]) == [rule]


def test_a_file_that_would_be_passed_over_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "t.yml").write_text("topic: t\nitems: []", encoding="utf-8")

    (finding,) = read_bank(tmp_path)[1]

    assert finding.rule == "file-ignored"
    assert "`t.yaml`" in finding.cure


def test_a_topic_that_is_a_number_is_text(tmp_path: Path) -> None:
    text = "topic: 2024" + "\nitems:" + ITEM.format(id="one")
    (tmp_path / "t.yaml").write_text(text, encoding="utf-8")

    assert load_bank(tmp_path).topics == {"one": "2024"}


def test_every_rule_that_a_bank_can_break_has_a_page() -> None:
    for page in RULES.values():
        assert [line.split(":")[0] for line in page.splitlines()] == ["What", "Why", "Cure"]
    assert not set(RULES) & set(RULES_OF_READING)


@pytest.mark.parametrize("enemy", ["tiny-one", "tiny-two", "tiny-true"])
def test_an_enemy_is_another_item_of_the_bank(small_course: Path, enemy: str) -> None:
    path = small_course / "question_bank" / "tiny.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("id: tiny-true", f"id: tiny-true\n    enemies: [{enemy}]"), "utf-8")
    found = [(finding.rule, finding.line) for finding in read_bank(path.parent)[1]]
    assert found == ([] if enemy == "tiny-one" else [("unknown-enemy", 3)])
