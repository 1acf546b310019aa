"""A form is a function of blueprint, bank and seed, and keeps what the blueprint asks."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from grader.bank import load_bank
from grader.errors import ContentError, UsageError
from grader.exam.assembly import assemble
from grader.exam.blueprint import load_blueprint, read_blueprint
from grader.exam.limits import key_size
from grader.exam.paper_id import Drawn, form_of
from grader.model.blueprint import Blueprint
from grader.model.form import Form, Question
from grader.model.item import NONE_OF_THE_ABOVE, Bank, MultipleChoice
from tests.conftest import REPOSITORY, SMALL

FormWith = Callable[[int], Form]


@pytest.fixture(scope="module")
def bank(shipped_bank: Bank) -> Bank:
    return shipped_bank


@pytest.fixture(scope="module")
def midterm() -> Blueprint:
    return load_blueprint(REPOSITORY, "midterm")


@pytest.fixture(scope="module")
def form_with(bank: Bank, midterm: Blueprint) -> FormWith:
    """The midterm of a seed, made once."""
    return cache(lambda seed: assemble(midterm, bank, seed))


def questions(form: Form) -> Iterator[Question]:
    for section in form.sections:
        yield from section.questions


@pytest.mark.parametrize("seed", range(25))
class TestMidterm:
    def test_the_sections_are_worth_20_40_and_40_points(self, form_with: FormWith, seed: int) -> None:
        form = form_with(seed)
        worth = [sum((q.points for q in section.questions), Fraction(0)) for section in form.sections]
        assert worth == [20, 40, 40]
        assert [len(section.questions) for section in form.sections][:2] == [10, 10]
        assert form.minutes == 100

    def test_no_item_and_no_entry_of_the_curriculum_is_asked_twice(
        self, form_with: FormWith, seed: int
    ) -> None:
        items = [question.item for question in questions(form_with(seed))]
        sources = [source for item in items for source in item.source]
        assert len({item.id for item in items}) == len(items)
        assert len(set(sources)) == len(sources)

    def test_at_most_one_key_rewards_ticking_everything(self, form_with: FormWith, seed: int) -> None:
        items = [question.item for question in questions(form_with(seed))]
        full = [i for i in items if isinstance(i, MultipleChoice) and key_size(i) == len(i.options)]
        assert len(full) <= 1

    def test_none_of_the_above_stays_last(self, form_with: FormWith, seed: int) -> None:
        for question in questions(form_with(seed)):
            if isinstance(question.item, MultipleChoice) and NONE_OF_THE_ABOVE in question.item.options:
                assert question.item.options[question.order[-1]] == NONE_OF_THE_ABOVE


def test_the_same_seed_gives_the_same_form(bank: Bank, midterm: Blueprint) -> None:
    assert assemble(midterm, bank, 7) == assemble(midterm, bank, 7)


def test_another_seed_gives_another_form(form_with: FormWith) -> None:
    assert len({form_with(seed).id[-6:] for seed in range(20)}) == 20


def test_the_order_of_the_bank_does_not_matter(bank: Bank, midterm: Blueprint) -> None:
    backwards = replace(bank, items=dict(reversed(list(bank.items.items()))))
    assert assemble(midterm, backwards, 3) == assemble(midterm, bank, 3)


def test_a_changed_word_changes_the_name_of_the_form(bank: Bank, midterm: Blueprint) -> None:
    form = assemble(midterm, bank, 3)
    item = form.sections[0].questions[0].item
    changed = replace(bank, items={**bank.items, item.id: replace(item, stem="Changed.")})
    assert assemble(midterm, changed, 3).id != form.id


def test_the_name_of_a_form_tells_blueprint_and_seed(bank: Bank, midterm: Blueprint) -> None:
    assert form_of(assemble(midterm, bank, 12).id) == Drawn("midterm", 12)


@pytest.mark.parametrize(
    "name", ["", "midterm", "midterm-7", "midterm-x-abc", "--", "midterm-" + "9" * 50 + "-a"]
)
def test_another_text_is_no_name_of_a_form(name: str) -> None:
    with pytest.raises(UsageError, match="not the name of a paper"):
        form_of(name)


class TestShortage:
    def test_too_few_items_name_the_section_and_the_numbers(self) -> None:
        bank = load_bank(SMALL / "question_bank")
        tiny = load_blueprint(SMALL, "tiny")
        greedy = replace(tiny, sections=(replace(tiny.sections[0], count=3),))
        with pytest.raises(
            ContentError, match="`True or false`: 3 true false items are needed, but only 2 of the 2"
        ):
            assemble(greedy, bank, 0)

    def test_a_total_that_cannot_be_met_is_told(self) -> None:
        bank = load_bank(SMALL / "question_bank")
        tiny = load_blueprint(SMALL, "tiny")
        odd = replace(tiny, sections=(replace(tiny.sections[2], total=Fraction(7)),))
        with pytest.raises(ContentError, match=r"`Short answers`: no choice of the 2 .* exactly 7 points"):
            assemble(odd, bank, 0)


class TestBlueprint:
    @pytest.mark.parametrize(
        ("text", "rule", "line"),
        [
            ("title: A\nminutes: 10\nsections: []\n", "empty-section", 3),
            (
                "title: A\nminutes: 0\nsections:\n  - {title: B, type: true_false, count: 1}\n",
                "bad-points",
                2,
            ),
            ("title: A\nminutes: 1\nsections:\n  - {title: B, type: true_false}\n", "section-size", 4),
            ("title: A\nminutes: 1\nsections:\n  - {title: B, type: riddle, count: 1}\n", "unknown-value", 4),
            (
                "title: A\nminutes: 1\nsections:\n  - {title: B, type: true_false, count: 1, scheme: luck}\n",
                "unknown-value",
                4,
            ),
            (
                "title: A\nminutes: 1\nsections:\n  - {title: B, type: true_false, count: 0}\n",
                "bad-points",
                4,
            ),
            ("", "file-empty", 1),
        ],
    )
    def test_what_is_wrong_is_told_with_its_place(
        self, tmp_path: Path, text: str, rule: str, line: int
    ) -> None:
        path = tmp_path / "b.yaml"
        path.write_text(text, "utf-8")
        _, findings = read_blueprint(path)
        assert [(finding.rule, finding.line) for finding in findings] == [(rule, line)]
        with pytest.raises(ContentError):
            load_blueprint(tmp_path, str(path))

    def test_an_unknown_name_lists_the_known_ones(self) -> None:
        with pytest.raises(UsageError, match="there are: `tiny`"):
            load_blueprint(SMALL, "midterm")
