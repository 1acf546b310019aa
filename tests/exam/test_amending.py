"""Amendments to wrong keys: who gains, that nobody loses, and what cannot be amended."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import ContentError
from grader.exam.amending import AmendedPaper, amend, item_hash
from grader.exam.amendments import Amendment, read_amendments
from grader.exam.given import Responses
from grader.exam.marking import MarkedPaper, mark_one
from grader.exam.printed import lettered
from grader.exam.questions import asked, loose_question
from grader.model.form import ItemResult, Question
from grader.model.item import Bank
from grader.model.score import Score, total
from grader.quiz.selection import letter
from tests.every_type import right

SIGNED: Mapping[str, Any] = {"reason": "It can be read both ways.", "by": "A. Teacher", "date": "2026-05-04"}


def amendment(item: str, **stated: Any) -> Amendment:
    return Amendment(item, **{**SIGNED, **stated})


def paper(bank: Bank, answers: Mapping[str, Any], seed: int = 0) -> tuple[MarkedPaper, Responses]:
    """The items answered, on their own."""
    questions = tuple(loose_question(bank.items[name], seed) for name in answers)
    results = tuple(mark_one(question, answers[question.item.id]) for question in questions)
    return MarkedPaper(results, (), questions), Responses(Path("r.yaml"), None, answers, {}, seed=seed)


def amended(bank: Bank, answers: Mapping[str, Any], *amendments: Amendment, seed: int = 0) -> AmendedPaper:
    return amend(*paper(bank, answers, seed), bank, amendments)


def points(bank: Bank, item: str, answer: Any, *amendments: Amendment, seed: int = 0) -> Fraction:
    (result,) = amended(bank, {item: answer}, *amendments, seed=seed).marked.results
    return result.score.earned


def near_miss(question: Question) -> Any:
    """The size in the near miss of a drawn question."""
    item: Any = question.item
    return item.near_misses[0].shape[0]


class TestAlsoAccept:
    @pytest.mark.parametrize(
        ("item", "accepted", "answer", "earned"),
        [
            ("tiny-true", False, False, 2),
            ("tiny-true", False, True, 2),
            ("tiny-true", False, None, 0),
            ("tiny-one", "3", "B", 4),
            ("tiny-one", "3", "A", 4),
            ("tiny-one", "3", "C", 0),
            ("tiny-many", ("2", "3", "4"), "ABC", 4),
            ("tiny-many", ("2", "3", "4"), "AB", 2),
            ("tiny-many", ("2",), "A", 4),
            ("tiny-many", ("None of the above.",), "D", 4),
            ("tiny-none", ("5", "6"), "AB", 4),
            ("tiny-number", "250", "250", 6),
            ("tiny-number", "10*5*5", "250", 6),
            ("tiny-shape", "(8, 28, 28)", "8x28x28", 4),
            ("who-did-it", "the chain rule", "The chain rule", 4),
            ("sigmoid-other", "1/(2 + exp(x) + exp(-x)) + x", "x + 1/(2 + exp(x) + exp(-x))", 4),
        ],
    )
    def test_a_response_is_marked_with_both_keys(
        self, types_bank: Bank, item: str, accepted: Any, answer: Any, earned: int
    ) -> None:
        assert points(types_bank, item, answer, amendment(item, also_accept=(accepted,))) == earned

    def test_an_option_is_found_whatever_its_letter_on_the_form(self, types_bank: Bank) -> None:
        item = types_bank.items["tiny-one"]
        for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
            question = replace(asked(item, 1), order=order)
            ticked = letter(lettered(question).index("3"))
            before = MarkedPaper((mark_one(question, ticked),), (), (question,))
            responses = Responses(Path("r.yaml"), None, {"tiny-one": ticked}, {})
            after = amend(before, responses, types_bank, [amendment("tiny-one", also_accept=("3",))])
            assert before.results[0].score.earned == 0
            assert after.marked.results[0].score.earned == 4

    def test_another_order_is_accepted_in_the_letters_of_the_paper(self, types_bank: Bank) -> None:
        item: Any = types_bank.items["training-step"]
        question = loose_question(item)
        steps = [*item.steps[1:], item.steps[0]]
        typed = "".join(letter(lettered(question).index(step)) for step in steps)
        accepted = amendment("training-step", also_accept=(tuple(steps),))
        assert points(types_bank, "training-step", typed) < 4
        assert points(types_bank, "training-step", typed, accepted) == 4

    def test_a_part_is_named_by_its_letter(self, types_bank: Bank) -> None:
        answers = {
            "a": True,
            "b": "1/2",
            "c": right(loose_question(types_bank.items["sigmoid-parts"]).parts[2]),
        }
        b = amendment("sigmoid-parts", also_accept=("1/2",), part="b")
        assert (
            points(types_bank, "sigmoid-parts", answers, b) - points(types_bank, "sigmoid-parts", answers)
            == 4
        )

    def test_the_keys_of_different_parts_add_up(self, types_bank: Bank) -> None:
        answers = {"a": True, "b": "1/2", "c": "A"}
        a = amendment("sigmoid-parts", also_accept=(True,), part="a")
        b = amendment("sigmoid-parts", also_accept=("1/3", "1/2"), part="b")
        c = amendment("sigmoid-parts", also_accept=("at 0",), part="c")
        for order in ((a, b, c), (c, b, a), (b, a, c)):
            done = amended(types_bank, {"sigmoid-parts": answers}, *order)
            assert done.marked.results[0].score.is_full
            assert len(done.marked.results[0].amended) == 3
            assert all(step.before.earned < step.after.earned for step in done.steps)

    def test_a_second_key_of_a_part_leaves_the_first(self, types_bank: Bank) -> None:
        first = amendment("sigmoid-parts", also_accept=("1/2",), part="b")
        second = amendment("sigmoid-parts", also_accept=("1/3",), part="b")
        for typed in ("1/2", "1/3", "1/4"):
            answers = {"a": False, "b": typed, "c": "B"}
            assert (
                amended(types_bank, {"sigmoid-parts": answers}, first, second).marked.results[0].score.is_full
            )

    def test_an_expression_has_the_values_of_each_draw(self, types_bank: Bank) -> None:
        side = amendment("flat-after-pool", also_accept=("({{ c*s }},)",))
        for seed in range(5):
            question = loose_question(types_bank.items["flat-after-pool"], seed)
            wrong = str(near_miss(question))
            assert points(types_bank, question.item.id, wrong, seed=seed) == 0
            assert points(types_bank, question.item.id, wrong, side, seed=seed) == 4

    def test_what_could_not_be_read_costs_nothing_still(self, types_bank: Bank) -> None:
        done = amended(types_bank, {"tiny-one": "AB"}, amendment("tiny-one", also_accept=("3",)))
        assert done.marked.results[0].unread

    def test_points_that_a_person_may_give_are_not_taken_away(self, types_bank: Bank) -> None:
        waits = ItemResult("tiny-one", Score(Fraction(0), Fraction(4)), "B", None, "")
        waits = replace(
            waits, pending=mark_one(loose_question(types_bank.items["why-residual"]), "x").pending
        )
        before = MarkedPaper((waits,), (), (loose_question(types_bank.items["tiny-one"]),))
        responses = Responses(Path("r.yaml"), None, {"tiny-one": "B"}, {})
        half = [amendment("tiny-one", also_accept=("3",))]

        def poor(question: Question, response: object) -> ItemResult:
            return ItemResult("tiny-one", Score(Fraction(1), Fraction(4)), response, False, "")

        assert amend(before, responses, types_bank, half, poor).marked.results[0].pending


class TestFullCreditAndDrop:
    @pytest.mark.parametrize("answer", [True, False, None, "maybe"])
    def test_full_credit_is_everyones(self, types_bank: Bank, answer: Any) -> None:
        (result,) = amended(
            types_bank, {"tiny-true": answer}, amendment("tiny-true", full_credit=True)
        ).marked.results
        assert (result.score, result.unread, result.correct) == (Score(Fraction(2), Fraction(2)), "", True)
        assert result.amended == ("Everyone gets the points: It can be read both ways.",)

    def test_nothing_waits_for_a_person_any_more(self, types_bank: Bank) -> None:
        done = amended(types_bank, {"why-residual": "It helps."}, amendment("why-residual", full_credit=True))
        assert not done.marked.results[0].pending
        assert total(result.score for result in done.marked.results).is_full

    @pytest.mark.parametrize("answer", [True, False, None])
    def test_a_dropped_item_is_out_of_the_total(self, types_bank: Bank, answer: Any) -> None:
        done = amended(types_bank, {"tiny-true": answer, "tiny-one": "A"}, amendment("tiny-true", drop=True))
        assert total(result.score for result in done.marked.results) == Score(Fraction(4), Fraction(4))
        (step,) = done.steps
        assert step.before.possible - step.after.possible == 2

    def test_a_finding_goes_with_the_need_to_read(self, types_bank: Bank) -> None:
        marked, responses = paper(types_bank, {"tiny-true": "maybe", "tiny-one": "Q"})
        told = [
            responses.finding(result.id, "unclear-answer", f"`{result.id}`: {result.unread}", CURE)
            for result in marked.results
        ]
        done = amend(
            replace(marked, findings=tuple(told)),
            responses,
            types_bank,
            [amendment("tiny-true", full_credit=True)],
        )
        assert [finding.what[:10] for finding in done.marked.findings] == ["`tiny-one`"]


CURE = "mend the answer and mark the paper again; it costs nothing so far"


class TestWhereItHolds:
    def test_another_papers_amendment_does_nothing(self, types_bank: Bank) -> None:
        for stated in ({"paper": "tiny-3-000000"}, {"blueprint": "tiny"}):
            elsewhere = amendment("tiny-true", full_credit=True, **stated)
            assert not amended(types_bank, {"tiny-true": False}, elsewhere).steps

    def test_it_holds_for_its_paper_and_for_the_papers_of_its_blueprint(self) -> None:
        of_blueprint = amendment("tiny-true", drop=True, blueprint="tiny")
        assert of_blueprint.holds_for("tiny-3-000000")
        assert not of_blueprint.holds_for("other-3-000000")
        of_paper = amendment("tiny-true", drop=True, paper="tiny-3-000000")
        assert of_paper.holds_for("tiny-3-000000")
        assert not of_paper.holds_for("tiny-4-000000")

    def test_each_step_begins_where_the_one_before_ended(self, types_bank: Bank) -> None:
        done = amended(
            types_bank,
            {"tiny-true": False, "tiny-one": "B"},
            amendment("tiny-true", also_accept=(False,)),
            amendment("tiny-one", drop=True),
        )
        assert [step.amendment for step in done.steps] == [0, 1]
        assert done.steps[0].after == done.steps[1].before
        assert done.steps[1].after == Score(Fraction(2), Fraction(2))


KINDS: Mapping[str, st.SearchStrategy[Any]] = {
    "tiny-true": st.sampled_from([True, False, None, "maybe"]),
    "tiny-one": st.sampled_from(["A", "B", "C", "AB", "", "Q"]),
    "tiny-many": st.lists(st.sampled_from("ABCD"), max_size=4).map("".join),
    "tiny-number": st.sampled_from(["260", "250", "1", "", "x y"]),
    "half-right": st.sampled_from(["A", "B", "C", ""]),
    "training-step": st.permutations("ABCD").map("".join),
    "sigmoid-parts": st.fixed_dictionaries(
        {},
        optional={
            "a": st.sampled_from([True, False, "maybe"]),
            "b": st.sampled_from(["1/4", "1/2", "x y"]),
            "c": st.sampled_from(["A", "B", "AB", "Q"]),
        },
    ),
}
ALTERNATIVES: Mapping[str, st.SearchStrategy[Any]] = {
    "tiny-true": st.booleans(),
    "tiny-one": st.sampled_from(["2", "3", "11"]),
    "tiny-many": st.lists(st.sampled_from(["2", "3", "4"]), min_size=1, max_size=3, unique=True).map(tuple),
    "tiny-number": st.sampled_from(["250", "1", "260"]),
    "half-right": st.sampled_from(["this", "nearly this", "that"]),
    "training-step": st.permutations(
        [
            "run the batch through the network",
            "compute the loss",
            "compute the gradients",
            "update the weights",
        ]
    ).map(tuple),
}
PARTS: Mapping[str, st.SearchStrategy[Any]] = {
    "a": st.booleans(),
    "b": st.sampled_from(["1/4", "1/2", "1/3"]),
    "c": st.sampled_from(["at 0", "far from 0"]),
}


@st.composite
def kind_amendments(draw: st.DrawFn) -> Amendment:
    item = draw(st.sampled_from([*sorted(ALTERNATIVES), "sigmoid-parts"]))
    if draw(st.booleans()):
        return amendment(item, full_credit=True)
    if item == "sigmoid-parts":
        return draw(part_amendments())
    return amendment(item, also_accept=tuple(draw(st.lists(ALTERNATIVES[item], min_size=1, max_size=3))))


@st.composite
def part_amendments(draw: st.DrawFn) -> Amendment:
    part = draw(st.sampled_from(sorted(PARTS)))
    accepted = tuple(draw(st.lists(PARTS[part], min_size=1, max_size=2)))
    return amendment("sigmoid-parts", also_accept=accepted, part=part)


@settings(max_examples=200)
@given(answers=st.fixed_dictionaries({}, optional=KINDS), amendments=st.lists(kind_amendments(), max_size=4))
def test_nobodys_score_ever_falls_but_by_a_drop(
    types_bank: Bank, answers: Mapping[str, Any], amendments: list[Amendment]
) -> None:
    marked, responses = paper(types_bank, answers)
    done = amend(marked, responses, types_bank, amendments)
    for before, after in zip(marked.results, done.marked.results, strict=True):
        assert before.score.earned <= after.score.earned <= after.score.possible == before.score.possible
    assert all(step.before.earned <= step.after.earned for step in done.steps)


@settings(max_examples=100)
@given(answers=KINDS["sigmoid-parts"], amendments=st.lists(part_amendments(), max_size=5))
def test_each_part_earns_what_its_best_key_gives(
    types_bank: Bank, answers: Mapping[str, Any], amendments: list[Amendment]
) -> None:
    def gain(*chosen: Amendment) -> Fraction:
        return points(types_bank, "sigmoid-parts", answers, *chosen)

    without = gain()
    of_parts = (
        max((gain(one) - without for one in amendments if one.part == part), default=Fraction(0))
        for part in PARTS
    )
    assert gain(*amendments) - without == sum(of_parts)


GOOD = """\
amendments:
  - item: tiny-true
    also_accept: [false]
    reason: It can be read both ways.
    by: A. Teacher
    date: 2026-05-04
"""


def read(folder: Path, bank: Bank, text: str) -> Any:
    path = folder / "amendments.yaml"
    path.write_text(text, "utf-8")
    return read_amendments(path, bank)


class TestReading:
    def test_a_good_file_is_read(self, tmp_path: Path, types_bank: Bank) -> None:
        (entry,) = read(tmp_path, types_bank, GOOD).amendments
        assert (entry.item, entry.also_accept, entry.action) == ("tiny-true", (False,), "also_accept")

    def test_a_number_keeps_its_digits(self, tmp_path: Path, types_bank: Bank) -> None:
        text = GOOD.replace("tiny-true", "tiny-number").replace("[false]", "[0.50]")
        assert read(tmp_path, types_bank, text).amendments[0].also_accept == ("0.50",)

    @pytest.mark.parametrize(
        ("before", "after", "line", "rule"),
        [
            ("tiny-true", "tiny-tru", 2, "unknown-item"),
            ("also_accept: [false]", "drop: false", 2, "bad-amendment"),
            ("also_accept: [false]", "also_accept: [false]\n    drop: true", 2, "bad-amendment"),
            ("[false]", "[maybe]", 3, "bad-amendment"),
            ("[false]", "[[A]]", 3, "bad-amendment"),
            ("It can be read both ways.", '"  "', 4, "bad-amendment"),
            ("A. Teacher", '""', 5, "bad-amendment"),
            ("2026-05-04", "4 May", 6, "bad-amendment"),
            ("2026-05-04", "20260504", 6, "bad-amendment"),
            ("    by: A. Teacher\n", "", 2, "missing-field"),
            ("reason", "reson", 4, "unknown-field"),
            ("    date:", "    part: a\n    date:", 3, "bad-amendment"),
            ("    date:", "    paper: a\n    blueprint: b\n    date:", 6, "bad-amendment"),
        ],
    )
    def test_a_slip_is_told_with_its_line(
        self, tmp_path: Path, types_bank: Bank, before: str, after: str, line: int, rule: str
    ) -> None:
        with pytest.raises(ContentError) as error:
            read(tmp_path, types_bank, GOOD.replace(before, after))
        assert (line, rule) in {(finding.line, finding.rule) for finding in error.value.findings}

    @pytest.mark.parametrize(
        ("item", "accepted"),
        [
            ("tiny-one", "B"),
            ("tiny-one", "[2, 3]"),
            ("tiny-many", "A"),
            ("tiny-many", "[]"),
            ("tiny-number", "banana"),
            ("tiny-shape", "a lot"),
            ("training-step", "[compute the loss]"),
            ("pool-pairs", "1A 2B 3C"),
            ("layer-table", "1"),
            ("write-loss", "pass"),
            ("why-residual", "It helps."),
            ("sigmoid-parts", "true"),
        ],
    )
    def test_what_can_be_no_key_is_told(
        self, tmp_path: Path, types_bank: Bank, item: str, accepted: str
    ) -> None:
        with pytest.raises(ContentError, match="can be no key"):
            read(tmp_path, types_bank, GOOD.replace("tiny-true", item).replace("[false]", f"[{accepted}]"))

    def test_what_is_dropped_is_not_amended_as_well(self, tmp_path: Path, types_bank: Bank) -> None:
        twice = GOOD + GOOD.removeprefix("amendments:\n").replace("also_accept: [false]", "drop: true")
        with pytest.raises(ContentError, match="dropped in one amendment"):
            read(tmp_path, types_bank, twice)


def test_the_hash_of_an_item_changes_with_its_key(types_bank: Bank) -> None:
    item: Any = types_bank.items["tiny-true"]
    mended = replace(item, answer=False)
    other = replace(types_bank, items={**types_bank.items, "tiny-true": mended})
    assert item_hash(types_bank, "tiny-true") == item_hash(types_bank, "tiny-true")
    assert item_hash(types_bank, "tiny-true") != item_hash(other, "tiny-true")
