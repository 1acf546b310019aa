"""Papers of every type of item: drawn, filled in and marked in each format, in whole and in part."""

import json
import random
import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.bank import load_bank
from grader.errors import UsageError
from grader.exam.assembly import assemble
from grader.exam.blueprint import load_blueprint
from grader.exam.marking import CodeMark, MarkedPaper, mark_one, mark_responses
from grader.exam.printed import letter_of, lettered
from grader.exam.questions import asked, loose_question
from grader.exam.responses import read_responses
from grader.export.notebook import paper_notebook
from grader.model.answer import Domain, FormulaAnswer, FormulaCell
from grader.model.form import Form, ItemResult, Question, Waiting
from grader.model.item import (
    Bank,
    Distractor,
    Essay,
    Key,
    MultipleChoice,
    Parts,
    ShortAnswer,
    SingleChoice,
    Table,
    TrueFalse,
)
from grader.model.score import total
from grader.report.paper import paper_to_json
from tests.every_type import SOURCE, filled_notebook, questions, right


def full(exercise: str, source: str) -> CodeMark:
    """A marker that knows the right source."""
    return CodeMark(Fraction(int(source.strip() == SOURCE.strip())), "Doubled.")


def half(exercise: str, source: str) -> CodeMark:
    return CodeMark(Fraction(1, 2), "Half of it is kept.")


def marked(course: Path, bank: Bank, path: Path, text: str) -> MarkedPaper:
    path.write_text(text, "utf-8")
    return mark_responses(course, bank, read_responses(path), full)


class TestAFilledInPaper:
    @pytest.mark.parametrize("name", ["p.yaml", "p.json", "p.ipynb"])
    def test_earns_everything_but_what_waits_for_a_person(
        self, tmp_path: Path, types_course: Path, types_bank: Bank, types_form: Form, name: str
    ) -> None:
        answers = {item: right(question) for item, question in questions(types_form).items()}
        texts = {
            "p.yaml": yaml.safe_dump({"paper": types_form.id, "responses": answers}, sort_keys=False),
            "p.json": json.dumps({"paper": types_form.id, "responses": answers}),
            "p.ipynb": filled_notebook(types_form, answers),
        }
        paper = marked(types_course, types_bank, tmp_path / name, texts[name])
        assert not paper.findings
        open_ = [result for result in paper.results if result.correct is not True]
        assert [result.id for result in open_] == ["why-residual"]
        assert open_[0].score.earned == 0
        assert [(one.criterion, one.points) for one in open_[0].pending] == [
            ("names the vanishing gradient", Fraction(4)),
            ("says that the identity lets it through", Fraction(3)),
        ]
        assert open_[0].pending[0].response == right(questions(types_form)["why-residual"])
        assert total(result.score for result in paper.results).earned == 52

    def test_is_blank_as_it_is_handed_out(
        self, tmp_path: Path, types_course: Path, types_bank: Bank, types_form: Form
    ) -> None:
        paper = marked(types_course, types_bank, tmp_path / "p.ipynb", paper_notebook(types_form))
        assert not paper.findings
        assert {result.response for result in paper.results} == {None}
        assert {result.score.earned for result in paper.results} == {0}

    def test_an_answer_given_twice_within_a_table_is_told(
        self, tmp_path: Path, types_course: Path, types_bank: Bank, types_form: Form
    ) -> None:
        text = (
            f"paper: {types_form.id}\nresponses:\n  layer-table:\n    2.2: 28x28x10\n"
            "    2.3: 260\n    2.2: 28x28x1\n  tiny-shape: 8x1x28x28\n"
        )
        paper = marked(types_course, types_bank, tmp_path / "p.yaml", text)
        assert [(finding.rule, finding.line) for finding in paper.findings] == [("unclear-answer", 6)]
        results = {result.id: result for result in paper.results}
        assert results["layer-table"].score.earned == 0
        assert results["tiny-shape"].correct

    def test_a_part_answered_in_two_cells_is_told(
        self, tmp_path: Path, types_course: Path, types_bank: Bank, types_form: Form
    ) -> None:
        answers = {item: right(question) for item, question in questions(types_form).items()}
        tree = json.loads(filled_notebook(types_form, answers))
        tree["cells"].append(next(c for c in tree["cells"] if c["metadata"].get("grade", {}).get("part")))
        paper = marked(types_course, types_bank, tmp_path / "p.ipynb", json.dumps(tree))
        assert ["two cells" in finding.what for finding in paper.findings] == [True]


class TestDrawing:
    def test_the_same_seed_draws_the_same_paper_and_another_one_another(
        self, types_course: Path, types_bank: Bank, types_form: Form
    ) -> None:
        blueprint = load_blueprint(types_course, "types")
        assert assemble(blueprint, types_bank, 3) == types_form
        stems = {
            questions(assemble(blueprint, types_bank, seed))["flat-after-pool"].item.stem
            for seed in range(12)
            if "flat-after-pool" in questions(assemble(blueprint, types_bank, seed))
        }
        assert len(stems) > 2

    def test_no_template_is_left(self, types_form: Form) -> None:
        assert "{{" not in repr([question.item for question in questions(types_form).values()])

    def test_an_item_that_cannot_be_drawn_is_named(self, types_bank: Bank) -> None:
        broken = replace(types_bank.items["flat-after-pool"], where="n < 0")
        with pytest.raises(UsageError, match="`flat-after-pool` cannot be drawn"):
            loose_question(broken)

    def test_rights_and_steps_are_printed_in_another_order_than_the_key(
        self, types_course: Path, types_bank: Bank
    ) -> None:
        blueprint = load_blueprint(types_course, "types")
        for name in ("pool-pairs", "training-step"):
            orders = {questions(assemble(blueprint, types_bank, seed))[name].order for seed in range(10)}
            assert len(orders) > 5

    def test_a_pinned_option_keeps_its_place_and_a_fixed_item_its_order(
        self, types_course: Path, types_bank: Bank
    ) -> None:
        options = (Key("a"), Distractor("b", pinned=True), Distractor("c"), "none_of_the_above")
        choice = MultipleChoice(
            id="m",
            type="multiple_choice",
            stem="?",
            explanation=".",
            options=(*options[:3], "none_of_the_above"),
        )
        fixed = replace(choice, shuffle=False)
        orders = {asked(choice, 1, rng=random.Random(seed)).order for seed in range(20)}
        assert orders == {(0, 1, 2, 3), (2, 1, 0, 3)}
        assert {asked(fixed, 1, rng=random.Random(seed)).order for seed in range(20)} == {(0, 1, 2, 3)}

    def test_a_part_shares_the_points_of_its_section(self, types_form: Form) -> None:
        whole = questions(types_form)["sigmoid-parts"]
        assert whole.points == 12
        assert [part.points for part in whole.parts] == [3, 6, 3]
        assert "loses 1.5" in whole.parts[0].rule


def result(bank: Bank, name: str, response: Any) -> ItemResult:
    """The response marked, with the letters of the bank for the rights of a matching."""
    return mark_one(loose_question(replace(bank.items[name], shuffle=False)), response)


def in_letters_of(question: Question, response: Any) -> Any:
    """A response in which A is the first step of the bank, in printed letters."""
    printed = {"ABCD"[index]: letter_of(question, index) for index in range(4)}
    printed |= {name.lower(): letter.lower() for name, letter in printed.items()}
    if isinstance(response, list):
        return [in_letters_of(question, one) for one in response]
    return re.sub(r"\b[A-D]{1,4}\b|\b[a-d]\b", lambda m: "".join(printed[c] for c in m[0]), response)


class TestMatching:
    @pytest.mark.parametrize(
        "response",
        ["1A 2B 3C", "1a, 2b, 3c", "1-A; 2-B; 3-C", "1: A\n2: B\n3: C", "3C 1A 2B", "ABC", "A, B, C",
         ["A", "B", "C"], ["1A", "2B", "3C"], {"1": "A", "2": "B", "3": "C"}, "1 -> A, 2 -> B and 3 -> C",
         "(1, A) (2, B) (3, C)" , "1A2B3C"],
    )  # fmt: skip
    def test_is_answered_in_many_ways(self, types_bank: Bank, response: Any) -> None:
        assert result(types_bank, "pool-pairs", response).correct

    @pytest.mark.parametrize(
        ("response", "earned"),
        [("1A", Fraction(4, 3)), ("1A 2C 3B", Fraction(4, 3)), ("1A 2B 3D", Fraction(8, 3)), ("1D", 0),
         ({"1": "A", "2": None, "3": ""}, Fraction(4, 3)), ("1A 2A 3A", Fraction(4, 3))],
    )  # fmt: skip
    def test_earns_a_share_a_pair(self, types_bank: Bank, response: Any, earned: Fraction) -> None:
        given = result(types_bank, "pool-pairs", response)
        assert given.score.earned == earned
        assert given.correct is False
        assert "belongs to" in given.feedback

    @pytest.mark.parametrize(
        "response",
        [
            "1E",
            "4A",
            "AB",
            "ABCD",
            "max pooling",
            "1A 1B",
            {"one": "A"},
            {"1": "AB"},
            "1A 2B 3",
            7,
            True,
            "9" * 3000,
        ],
    )
    def test_is_not_marked_where_it_is_unclear(self, types_bank: Bank, response: Any) -> None:
        given = result(types_bank, "pool-pairs", response)
        assert given.correct is None
        assert given.unread
        assert given.score.earned == 0


class TestOrdering:
    @pytest.mark.parametrize(
        "response",
        ["ABCD", "a b c d", "A, B, C, D", "A > B > C > D", "A -> B → C then D", ["A", "B", "C", "D"]],
    )
    def test_is_answered_in_many_ways(self, types_bank: Bank, response: Any) -> None:
        question = loose_question(types_bank.items["training-step"])
        assert mark_one(question, in_letters_of(question, response)).correct

    @pytest.mark.parametrize(
        ("response", "earned"),
        [("BACD", Fraction(8, 3)), ("DCBA", 0), ("ABDC", Fraction(8, 3)), ("BADC", Fraction(4, 3))],
    )
    def test_earns_for_every_two_in_order(self, types_bank: Bank, response: str, earned: Fraction) -> None:
        question = loose_question(types_bank.items["training-step"])
        given = mark_one(question, in_letters_of(question, response))
        assert given.score.earned == earned
        assert f"In order: {', '.join(in_letters_of(question, 'ABCD'))}." in given.feedback

    @pytest.mark.parametrize("response", ["ABC", "AABC", "ABCDE", "ABCC", "1234", {"A": 1}, 5])
    def test_needs_each_letter_once(self, types_bank: Bank, response: Any) -> None:
        given = result(types_bank, "training-step", response)
        assert given.correct is None
        assert given.score.earned == 0
        assert "once, in order" in given.unread

    def test_is_never_printed_in_the_right_order(self, types_bank: Bank) -> None:
        item = types_bank.items["training-step"]
        orders = {asked(item, 1, rng=random.Random(seed)).order for seed in range(200)}
        orders |= {loose_question(replace(item, id=f"step-{number}")).order for number in range(200)}
        assert (0, 1, 2, 3) not in orders
        assert len(orders) == 23


CELLS = ["28x28x10", "10*(5*5*1 + 1)", "14x14x10", "0"]


class TestTable:
    @pytest.mark.parametrize(
        "response",
        [
            {"2.2": "28x28x10", "2.3": "260", "3.2": "14x14x10", "3.3": "0"},
            {"2,2": ["28", "28", "10"], "r2c3": "260", "(3, 2)": "14x14x10", "3.3": 0},
            CELLS,
            "; ".join(CELLS),
            "\n".join(CELLS),
            [CELLS[:2], CELLS[2:]],
            [["CONV5-10", *CELLS[:2]], ["POOL2", *CELLS[2:]]],
            [["INPUT", "32×32×1", "0"], ["CONV5-10", *CELLS[:2]], ["POOL2", *CELLS[2:]]],
            [[], CELLS[:2], CELLS[2:]],
            [["28", "28", "10"], "260", ["14", "14", "10"], "0"],
        ],
    )
    def test_is_filled_in_in_many_ways(self, types_bank: Bank, response: Any) -> None:
        assert result(types_bank, "layer-table", response).correct

    def test_earns_a_share_a_cell_and_tells_each(self, types_bank: Bank) -> None:
        given = result(types_bank, "layer-table", {"2.2": "28x28x10", "2.3": "250", "3.3": "0"})
        assert given.score.earned == 3
        assert given.correct is False
        assert "2.3: What does each filter add to its weighted sum?" in given.feedback

    def test_a_cell_that_cannot_be_read_is_told_and_the_rest_counts(self, types_bank: Bank) -> None:
        given = result(
            types_bank, "layer-table", {"2.2": "28x28x10", "2.3": "some", "3.2": "14x14x10", "3.3": "0"}
        )
        assert given.score.earned == Fraction(9, 2)
        assert given.correct is None
        assert given.unread.startswith("2.3: `some` was not marked")

    @pytest.mark.parametrize(
        "response",
        [{"2.1": "x"}, {"5.5": "x"}, {"shape": "x"}, CELLS[:3], "28x28x10; 260", [CELLS[:2]], 5,
         {"2": {"2": "x"}}],
    )  # fmt: skip
    def test_is_not_marked_where_it_cannot_be_said_which_cell_is_meant(
        self, types_bank: Bank, response: Any
    ) -> None:
        given = result(types_bank, "layer-table", response)
        assert given.correct is None
        assert given.unread
        assert given.score.earned == 0

    def test_all_or_nothing_holds_for_a_table_that_says_so(self, types_bank: Bank) -> None:
        item = replace(types_bank.items["layer-table"], scheme="all_or_nothing")
        assert mark_one(loose_question(item), CELLS).score.earned == 6
        assert mark_one(loose_question(item), [*CELLS[:3], "1"]).score.earned == 0


class TestParts:
    def test_each_part_earns_by_its_own_scheme(self, types_bank: Bank) -> None:
        given = result(types_bank, "sigmoid-parts", {"a": True, "b": "1/4", "c": "B"})
        assert given.score.earned == -1 + 4 + 2
        assert given.correct is False
        assert given.feedback.startswith("(a) The statement is false.")

    @pytest.mark.parametrize(
        "response",
        [{"a": "false", "b": "0.25", "c": "B"}, {"(a)": False, "B": "1/4", "c)": "b"}, [False, "1/4", "B"]],
    )
    def test_is_answered_in_many_ways(self, types_bank: Bank, response: Any) -> None:
        assert result(types_bank, "sigmoid-parts", response).correct

    def test_a_blank_part_earns_nothing_and_the_others_count(self, types_bank: Bank) -> None:
        given = result(types_bank, "sigmoid-parts", {"b": "1/4"})
        assert given.score.earned == 4
        assert "(a) Left blank." in given.feedback

    def test_blank_parts_earn_what_their_schemes_pay_whether_one_is_answered_or_none(
        self, types_bank: Bank
    ) -> None:
        whole = types_bank.items["sigmoid-parts"]
        assert isinstance(whole, Parts)
        choice = replace(whole.parts[2], scheme="every_decision")
        question = loose_question(replace(whole, parts=(whole.parts[0], choice)))
        assert mark_one(question, None).score.earned == 1
        assert mark_one(question, {"a": False}).score.earned == 3

    def test_an_unclear_part_is_told_and_the_others_count(self, types_bank: Bank) -> None:
        given = result(types_bank, "sigmoid-parts", {"a": "perhaps", "b": "1/4", "c": "B"})
        assert given.score.earned == 6
        assert given.correct is None
        assert given.unread == "(a) Not marked: answer with true or false."

    @pytest.mark.parametrize("response", ["false", [False], {"d": True}, {"a": True, "(a)": False}])
    def test_is_not_marked_where_the_parts_are_unclear(self, types_bank: Bank, response: Any) -> None:
        given = result(types_bank, "sigmoid-parts", response)
        assert given.unread
        assert given.score.earned == 0

    def test_a_part_of_an_essay_waits_for_a_person(self, types_bank: Bank) -> None:
        whole, essay = types_bank.items["sigmoid-parts"], types_bank.items["why-residual"]
        assert isinstance(whole, Parts)
        assert isinstance(essay, Essay)
        item = replace(whole, parts=(whole.parts[0], essay))
        given = mark_one(loose_question(item), {"a": False, "b": "Because."})
        assert given.score.earned == 2
        assert given.correct is None
        assert [one.criterion for one in given.pending] == [
            "(b) names the vanishing gradient",
            "(b) says that the identity lets it through",
        ]


class TestUndecided:
    NEVER: Mapping[str, Any] = {"formula": "ln(x)", "variables": {"x": Domain(-2, -1)}}
    """A formula without a value where it is tried: no answer can be held against it."""

    def table(self, bank: Bank, scheme: str | None = None) -> Question:
        whole = bank.items["layer-table"]
        assert isinstance(whole, Table)
        rows = (*whole.rows[:2], ("POOL2", FormulaCell(**self.NEVER), FormulaCell(**self.NEVER)))
        return loose_question(replace(whole, rows=rows, scheme=scheme))

    def test_a_formula_waits_with_all_its_points(self, types_bank: Bank) -> None:
        item = types_bank.items["sigmoid-other"]
        assert isinstance(item, ShortAnswer)
        never = replace(item, answer=FormulaAnswer(**self.NEVER), near_misses=())
        given = mark_one(loose_question(never), "ln(x)")
        assert given.correct is None
        assert not given.unread
        assert given.score.earned == 0
        assert given.pending == (Waiting("the answer is right", Fraction(4), "ln(x)"),)

    def test_cells_wait_with_what_they_would_add(self, types_bank: Bank) -> None:
        given = mark_one(self.table(types_bank), [*CELLS[:2], "ln(x)", "ln(x)"])
        assert given.correct is None
        assert given.score.earned == 3
        assert [(one.criterion, one.points) for one in given.pending] == [("3.2, 3.3 right", Fraction(3))]

    def test_nothing_waits_that_could_earn_nothing(self, types_bank: Bank) -> None:
        question = self.table(types_bank, "all_or_nothing")
        given = mark_one(question, [CELLS[0], "250", "ln(x)", "ln(x)"])
        assert given.correct is False
        assert not given.pending
        waits = mark_one(question, [*CELLS[:2], "ln(x)", "ln(x)"])
        assert [one.points for one in waits.pending] == [6]


class TestCode:
    def question(self, bank: Bank) -> Question:
        return loose_question(bank.items["write-loss"])

    def test_earns_the_share_that_its_marking_says(self, types_bank: Bank) -> None:
        given = mark_one(self.question(types_bank), "def f(): pass", half)
        assert given.score.earned == 2
        assert given.correct is False
        assert given.feedback.startswith("Half of it is kept.")
        assert mark_one(self.question(types_bank), SOURCE, full).correct

    def test_waits_for_a_person_where_nothing_runs_it(self, types_bank: Bank) -> None:
        given = mark_one(self.question(types_bank), SOURCE)
        assert given.correct is None
        assert given.score.earned == 0
        assert [one.points for one in given.pending] == [4]

    def test_is_text(self, types_bank: Bank) -> None:
        assert mark_one(self.question(types_bank), ["def f(): pass"], full).unread


class TestNoneOfTheAbove:
    CHOICE = SingleChoice(
        id="s",
        type="single_choice",
        stem="?",
        explanation=".",
        options=(Distractor("a"), Distractor("b"), "none_of_the_above"),
    )

    @pytest.mark.parametrize("response", ["C", "none of the above", "None of the above."])
    def test_is_an_answer_like_any_other(self, response: str) -> None:
        assert mark_one(loose_question(self.CHOICE), response).correct

    @pytest.mark.parametrize("response", [None, "", [], "  "])
    def test_is_not_what_a_blank_says(self, response: Any) -> None:
        given = mark_one(loose_question(self.CHOICE), response)
        assert given.correct is None
        assert given.response is None
        assert given.score.earned == 0

    def test_contradicts_every_other_option(self) -> None:
        many = MultipleChoice(
            id="m",
            type="multiple_choice",
            stem="?",
            explanation=".",
            options=(Key("a"), Distractor("b"), "none_of_the_above"),
        )
        given = mark_one(loose_question(many), "AC")
        assert given.correct is None
        assert "C says that none of the others is right" in given.unread
        assert mark_one(loose_question(many), "C").correct is False


class TestCredit:
    def test_a_distractor_earns_its_share(self, types_bank: Bank) -> None:
        assert result(types_bank, "half-right", "B").score.earned == 2
        assert result(types_bank, "half-right", "C").score.earned == 0

    def test_not_where_the_item_names_another_scheme(self, types_bank: Bank) -> None:
        item = replace(types_bank.items["half-right"], scheme="all_or_nothing")
        assert mark_one(loose_question(item), "B").score.earned == 0

    def test_a_near_miss_earns_its_share(self, types_bank: Bank) -> None:
        given = result(types_bank, "sigmoid-other", "1/(1 + exp(-x))")
        assert given.score.earned == 1
        assert given.feedback.startswith("That is the function itself.")


given_by_anybody = st.recursive(
    st.none() | st.booleans() | st.text(max_size=12) | st.text("ABCDabcd1234567890.,;x()\n", max_size=12),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.text("abcd1234.", max_size=4) | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=8,
)


@settings(max_examples=150)
@given(given_by_anybody)
def test_whatever_is_given_is_marked_within_the_points_and_can_be_reported(
    types_form: Form, response: Any
) -> None:
    for question in questions(types_form).values():
        result = mark_one(question, response, half)
        waiting = sum(one.points for one in result.pending)
        assert -question.points <= result.score.earned
        assert result.score.earned + waiting <= question.points
        assert result.correct is not True or result.score.earned == question.points
        assert not result.unread or result.correct is not True
        assert paper_to_json([result])


def test_lettered_texts_are_in_printed_order(types_form: Form) -> None:
    question = questions(types_form)["training-step"]
    assert sorted(lettered(question)) == sorted(getattr(question.item, "steps", ()))
    assert isinstance(questions(types_form)["sigmoid-parts"].parts[0].item, TrueFalse)


def test_the_small_course_reads_with_all_types(types_course: Path) -> None:
    assert len(load_bank(types_course / "question_bank").items) == 18
