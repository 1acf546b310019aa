"""The types of items: what a good file gives, and a finding for each fault of a bad one."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from grader.bank import load_bank, read_bank
from grader.errors import Finding
from grader.model.answer import Domain, FormulaAnswer, MatrixFormulaAnswer, NumberCell, ShapeCell, TextAnswer
from grader.model.item import (
    Code,
    Distractor,
    Essay,
    Item,
    Matching,
    Ordering,
    Pair,
    Parts,
    ShortAnswer,
    SingleChoice,
    Table,
)

TYPES = Path(__file__).parent / "courses" / "banks" / "types"

FRAME = """topic: t
items:
  - id: one
    type: {type}
    stem: What?
    explanation: That.
    difficulty: 2
{fields}
"""

Faults = Callable[[str, str], list[str]]


@pytest.fixture
def found(tmp_path: Path) -> Callable[[str, str], list[Finding]]:
    """The findings in a bank of one item of a type with these fields."""

    def found(type_: str, fields: str) -> list[Finding]:
        indented = "\n".join(f"    {line}" for line in fields.strip("\n").split("\n"))
        (tmp_path / "t.yaml").write_text(FRAME.format(type=type_, fields=indented), encoding="utf-8")
        return read_bank(tmp_path)[1]

    return found


@pytest.fixture
def faults(found: Callable[[str, str], list[Finding]]) -> Faults:
    return lambda type_, fields: [finding.rule for finding in found(type_, fields)]


@pytest.fixture(scope="module")
def items() -> dict[str, Item]:
    return dict(load_bank(TYPES).items)


class TestWhatIsRead:
    def test_pairs_steps_and_exercises(self, items: dict[str, Item]) -> None:
        matching, ordering, code = items["pool-pairs"], items["training-step"], items["write-loss"]
        assert isinstance(matching, Matching)
        assert matching.pairs[1] == Pair("mean pooling", "spreads the gradient evenly")
        assert matching.rights[-1] == "adds noise"
        assert isinstance(ordering, Ordering)
        assert ordering.steps[0] == "run the batch through the network"
        assert isinstance(code, Code)
        assert code.exercise == "toolbox"

    def test_a_table_has_texts_and_cells_to_fill_in(self, items: dict[str, Item]) -> None:
        table = items["layer-table"]
        assert isinstance(table, Table)
        assert table.rows[0] == ("INPUT", "32×32×1", "0")
        assert table.rows[1][1] == ShapeCell((28, 28, 10))
        cell = table.rows[1][2]
        assert isinstance(cell, NumberCell)
        assert cell.near_misses[0].number == "10*5*5"
        assert list(table.blanks) == [(1, 1), (1, 2), (2, 1), (2, 2)]
        assert table.blanks[1, 2].near_misses == cell.near_misses

    def test_parts_have_the_difficulty_of_their_item_and_points_of_their_own(
        self, items: dict[str, Item]
    ) -> None:
        whole = items["sigmoid-parts"]
        assert isinstance(whole, Parts)
        assert [part.id for part in whole.parts] == ["sigmoid-parts.a", "sigmoid-parts.b", "sigmoid-parts.c"]
        assert {part.difficulty for part in whole.parts} == {2}
        assert [part.worth for part in whole.parts] == [2, 4, 2]
        assert whole.worth == 8

    def test_an_essay_is_worth_its_rubric(self, items: dict[str, Item]) -> None:
        essay = items["why-residual"]
        assert isinstance(essay, Essay)
        assert essay.worth == Fraction(7, 2)

    def test_answers_of_every_kind(self, items: dict[str, Item]) -> None:
        answers = {name: item.answer for name, item in items.items() if isinstance(item, ShortAnswer)}
        assert answers["sigmoid-other"] == FormulaAnswer("exp(x)/(1 + exp(x))^2", {"x": Domain(-3, 3)})
        assert answers["least-squares"] == MatrixFormulaAnswer(
            "W^T (W x - y)", {"W": ("m", "n"), "x": ("n",), "y": ("m",)}
        )
        assert answers["who-did-it"] == TextAnswer("backpropagation", ("backprop",), ("back-?prop.*",))

    def test_params_and_their_conditions(self, items: dict[str, Item]) -> None:
        item = items["flat-after-pool"]
        assert item.params == {"c": [8, 16], "s": {"from": 4, "to": 16, "step": 4}}
        assert item.let == {"n": "c*s*s"}
        assert item.conditions == ("n < 1000",)
        assert item.check is not None

    def test_an_option_has_credit_and_may_be_pinned(self, items: dict[str, Item]) -> None:
        choice = items["half-right"]
        assert isinstance(choice, SingleChoice)
        assert choice.options[1] == Distractor("nearly this", "Nearly.", credit=Fraction(1, 2))
        assert choice.options[2] == Distractor("that", pinned=True)
        assert not choice.shuffle


OPTIONS = "options: [{{key: a{key}}}, {{distractor: b{other}}}]"


class TestFaults:
    @pytest.mark.parametrize(
        ("type_", "fields", "rule"),
        [
            ("matching", "pairs: [{left: a, right: b}]", "pair-count"),
            ("matching", "pairs: []", "pair-count"),
            ("matching", "pairs: [{left: a, right: b}, {left: c, right: ' b'}]", "duplicate-entry"),
            ("matching", "pairs: [{left: a, right: b}, {left: a, right: c}]", "duplicate-entry"),
            ("matching", "pairs: [{left: a, right: b}, {left: c, right: d}]\nextras: [b]", "duplicate-entry"),
            ("matching", "pairs: [{left: a, right: b}, {left: c, right: ''}]", "empty-text"),
            ("matching", "pairs: [{left: a, right: b}, {left: c}]", "missing-field"),
            ("matching", "pairs: [{left: a, right: b}, {left: c, rigt: d}]", "unknown-field"),
            ("ordering", "steps: [a]", "step-count"),
            ("ordering", "steps: []", "step-count"),
            ("ordering", "steps: [a, b, a]", "duplicate-entry"),
            ("ordering", "steps: [a, ' ']", "empty-text"),
            ("ordering", "steps: a, b", "wrong-kind"),
            ("table", "columns: [a, b]\nrows: [[x, {number: 1}, y]]", "table-width"),
            ("table", "columns: [a, b]\nrows: [[x, y]]", "table-blanks"),
            ("table", "columns: [a]\nrows: []", "table-blanks"),
            ("table", "columns: []\nrows: [[{number: 1}]]", "table-width"),
            ("table", "columns: [a]\nrows: [[{number: about 3}]]", "bad-answer"),
            ("table", "columns: [a]\nrows: [[{nmber: 3}]]", "unknown-field"),
            ("table", "columns: [a]\nrows: [[{number: 3, shape: [3]}]]", "unknown-field"),
            ("table", "columns: [a]\nrows: [[{number: 3, tolerance: {}}]]", "bad-tolerance"),
            ("table", "columns: [a, b]\nrows: [[true, {number: 3}]]", "wrong-kind"),
            (
                "table",
                "columns: [a]\nrows: [[{number: 3, near_misses: [{number: 3.0, feedback: f}]}]]",
                "near-miss-is-right",
            ),
            (
                "table",
                "columns: [a]\nrows: [[{shape: [3], near_misses: [{number: 3, feedback: f}]}]]",
                "near-miss-kind",
            ),
            ("code", "exercise: [a]", "wrong-kind"),
            ("code", "minutes: 1", "missing-field"),
            ("essay", "answer: a\nrubric: []", "bad-rubric"),
            ("essay", "answer: a\nrubric: [{criterion: b, points: 0}]", "bad-rubric"),
            ("essay", "answer: a\nrubric: [{criterion: b}]", "missing-field"),
            ("essay", "answer: a\nrubric: [{criterion: b, points: many}]", "wrong-kind"),
            (
                "essay",
                "answer: a\nrubric: [{criterion: b, points: 1}, {criterion: b, points: 2}]",
                "duplicate-entry",
            ),
            ("essay", "answer: ' '\nrubric: [{criterion: b, points: 1}]", "empty-text"),
            ("parts", "parts: []", "part-count"),
            ("parts", "parts: [{type: parts, stem: a, explanation: b, parts: []}]", "unknown-value"),
            ("parts", "parts: [{stem: a, explanation: b, answer: true}]", "missing-field"),
            ("parts", "parts: [{type: true_false, stem: a, explanation: b, answer: yes}]", "not-a-boolean"),
            (
                "parts",
                "parts: [{type: true_false, stem: a, explanation: b, answer: true, id: c}]",
                "part-field",
            ),
            ("parts", "parts: [{type: ordering, stem: a, explanation: b, steps: [c]}]", "step-count"),
            ("parts", "parts: [{type: true_false, stem: '', explanation: b, answer: true}]", "empty-text"),
            ("single_choice", OPTIONS.format(key=", credit: 1/2", other=""), "bad-credit"),
            ("single_choice", OPTIONS.format(key="", other=", credit: 2"), "bad-credit"),
            ("single_choice", OPTIONS.format(key="", other=", credit: -1/2"), "bad-credit"),
            ("multiple_choice", OPTIONS.format(key="", other=", credit: 1/2"), "bad-credit"),
            ("single_choice", OPTIONS.format(key="", other=", credit: half"), "wrong-kind"),
            ("single_choice", OPTIONS.format(key="", other=", pinned: yes"), "not-a-boolean"),
            ("true_false", "answer: true\nscheme: luck", "unknown-scheme"),
            ("true_false", "answer: true\ncheck: 'assert ('", "bad-check"),
            ("true_false", "answer: true\nshuffle: no", "not-a-boolean"),
            ("true_false", "answer: perhaps", "not-a-boolean"),
            ("true_false", "answer: 1", "wrong-kind"),
            ("short_answer", "answer: {shape: [3, x]}", "bad-answer"),
            ("short_answer", "answer: {shape: [3, 2.5]}", "wrong-kind"),
            ("short_answer", "answer: {formula: 'x +', variables: {x: {from: 0, to: 1}}}", "bad-answer"),
            ("short_answer", "answer: {formula: y, variables: {x: {from: 0, to: 1}}}", "bad-answer"),
            ("short_answer", "answer: {formula: x, variables: {x: {from: 1, too: 2}}}", "unknown-field"),
            ("short_answer", "answer: {formula: 2, variables: {x: {from: 2, to: 1}}}", "bad-domain"),
            ("short_answer", "answer: {matrix_formula: x + y, variables: {x: [n], y: [m]}}", "bad-answer"),
            ("short_answer", "answer: {matrix_formula: x, variables: {x: [n, n, n]}}", "bad-domain"),
            ("short_answer", "answer: {text: a, patterns: ['(']}", "bad-pattern"),
            (
                "short_answer",
                "answer: {number: 1}\nnear_misses: [{number: 2, feedback: f, credit: 1}]",
                "bad-credit",
            ),
        ],
    )
    def test_each_fault_has_one_finding(self, faults: Faults, type_: str, fields: str, rule: str) -> None:
        assert set(faults(type_, fields)) == {rule}

    @pytest.mark.parametrize(
        ("fields", "rule"),
        [
            ("params: {N: [1]}", "bad-params"),
            ("params: {n: []}", "bad-params"),
            ("params: {n: 5}", "bad-params"),
            ("params: {n: {from: 4}}", "bad-params"),
            ("params: {n: {from: 4, to: 1}}", "bad-params"),
            ("params: {n: {from: 1, to: 4, step: 0}}", "bad-params"),
            ("params: {n: {from: a, to: 4}}", "bad-params"),
            ("params: {n: {from: 1, to: 4, by: 1}}", "bad-params"),
            ("params: {n: [1]}\nlet: {n: 2}", "bad-params"),
            ("let: {m: n + 1}", "bad-expression"),
            ("let: {m: k, k: 1}", "bad-expression"),
            ("let: {m: '1 +'}", "bad-expression"),
            ("let: {m: \"open('x')\"}", "bad-expression"),
            ("where: n > 1", "bad-expression"),
            ("where: [1 < 2, n > 1]", "bad-expression"),
        ],
    )
    def test_params_and_expressions_are_held_to_their_rules(
        self, faults: Faults, fields: str, rule: str
    ) -> None:
        assert faults("true_false", f"answer: true\n{fields}") == [rule]

    def test_an_unknown_name_is_found_where_it_stands_with_the_nearest_one(
        self, found: Callable[[str, str], list[Finding]]
    ) -> None:
        fields = "params: {size: [1]}\nanswer: {text: a}\nnear_misses:\n  - {text: b, feedback: '{{ sise }}'}"
        (finding,) = found("short_answer", fields)
        assert (finding.rule, finding.line, finding.column) == ("bad-expression", 11, 33)
        assert "did you mean `size`?" in finding.cure

    @pytest.mark.parametrize("text", ["a {{ 1 }", "{{ {1} }}", "{{ a"])
    def test_an_expression_has_an_end(self, faults: Faults, text: str) -> None:
        assert faults("ordering", f"steps: [first, '{text}']") == ["bad-expression"]

    def test_braces_of_tex_are_no_expression(self, faults: Faults) -> None:
        assert not faults("ordering", r"steps: [first, '$\frac{e^{x}}{1 + e^{x}}$']")

    def test_what_is_known_only_after_a_draw_is_not_held_to_the_rules_of_answers(
        self, faults: Faults
    ) -> None:
        fields = (
            'params: {n: [1]}\nanswer: {number: "{{ n }}"}\nnear_misses: [{number: "{{ n }}", feedback: f}]'
        )
        assert not faults("short_answer", fields)

    def test_an_exercise_that_the_course_does_not_have_is_found(self, small_course: Path) -> None:
        bank = small_course / "question_bank"
        text = FRAME.format(type="code", fields="    exercise: toolbx")
        (bank / "code.yaml").write_text(text, "utf-8")
        (finding,) = read_bank(bank)[1]
        assert (finding.rule, finding.line) == ("unknown-exercise", 8)
        assert "`toolbox`" in finding.cure
        (bank / "code.yaml").write_text(text.replace("toolbx", "toolbox"), "utf-8")
        assert not read_bank(bank)[1]

    def test_no_fault_of_a_part_hides_another(self, found: Callable[[str, str], list[Finding]]) -> None:
        fields = """
points: -1
parts:
  - {type: ordering, stem: s, explanation: e, steps: [a, a], difficulty: 1}
  - {type: table, stem: s, explanation: e, columns: [a], rows: [[{number: x}, y]]}
  - {type: single_choice, stem: s, explanation: $x, options: [{key: a}, {key: b}]}
"""
        assert {(finding.line, finding.rule) for finding in found("parts", fields)} == {
            (8, "bad-points"),
            (10, "duplicate-entry"),
            (10, "part-field"),
            (11, "table-width"),
            (11, "bad-answer"),
            (12, "broken-tex"),
            (12, "too-many-keys"),
        }


def test_each_fault_of_a_broken_bank_is_found_in_its_line_and_no_other_is() -> None:
    path = TYPES.parent / "broken_types" / "types.yaml"
    marked = {
        (number, line.rsplit("  # ", 1)[1])
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if "  # " in line
    }
    findings = read_bank(path.parent)[1]
    assert {(finding.line, finding.rule) for finding in findings} == marked
    assert all(finding.cure for finding in findings)
