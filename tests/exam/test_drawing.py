"""Drawing a form from small banks: what goes together, what does not, and how soon that is said."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from grader.errors import ContentError
from grader.exam.assembly import assemble
from grader.model.answer import NumberAnswer
from grader.model.blueprint import Blueprint, Count, Plan
from grader.model.form import Form
from grader.model.item import Bank, Distractor, Item, Key, MultipleChoice, Place, ShortAnswer


def bank_of(items: Sequence[Item]) -> Bank:
    places = {item.id: Place(Path("b.yaml"), 1, 1) for item in items}
    return Bank({item.id: item for item in items}, {item.id: "topic" for item in items}, places)


def short(name: str, points: str, source: str = "") -> ShortAnswer:
    return ShortAnswer(
        id=name,
        type="short_answer",
        stem="?",
        explanation=".",
        difficulty=1,
        answer=NumberAnswer("1"),
        points=Fraction(points),
        source=(source,) if source else (),
    )


def choice(name: str, keys: int, options: int = 3) -> MultipleChoice:
    texts = [str(i) for i in range(options)]
    return MultipleChoice(
        id=name,
        type="multiple_choice",
        stem="?",
        explanation=".",
        difficulty=1,
        options=tuple(Key(text) if i < keys else Distractor(text) for i, text in enumerate(texts)),
    )


def drawn(items: Sequence[Item], *plans: Plan, seed: int = 0) -> Form:
    return assemble(Blueprint("small", "Small", 10, plans), bank_of(items), seed)


def totals(form: Form) -> list[Fraction]:
    return [sum((q.points for q in section.questions), Fraction(0)) for section in form.sections]


class TestTotal:
    FORTY = Plan("Short", "short_answer", total=Fraction(40))

    @pytest.mark.parametrize("seed", range(5))
    def test_the_one_choice_that_fits_is_found(self, seed: int) -> None:
        items = [short(f"a{i}", "7") for i in range(30)] + [short("last", "5")]
        assert totals(drawn(items, self.FORTY, seed=seed)) == [40]

    def test_parts_of_points_add_up_exactly(self) -> None:
        items = [short(f"a{i}", "1/3") for i in range(200)]
        assert totals(drawn(items, self.FORTY)) == [40]

    def test_too_few_points_are_told_with_both_numbers(self) -> None:
        items = [short(f"a{i}", "4") for i in range(9)]
        with pytest.raises(
            ContentError, match=r"40 points are needed, but its short answer items have 36 in all"
        ):
            drawn(items, self.FORTY)

    def test_a_total_between_what_can_be_met_is_told_with_the_nearest(self) -> None:
        items = [short(f"a{i}", "6") for i in range(50)]
        with pytest.raises(ContentError, match=r"exactly 40 points .*; 36 is the most below it"):
            drawn(items, self.FORTY)

    def test_an_entry_of_the_curriculum_is_asked_once_even_where_points_are_short(self) -> None:
        items = [short(f"a{i}", "4", source=f"E-{i % 9}") for i in range(90)]
        with pytest.raises(ContentError, match="without asking an entry of the curriculum twice"):
            drawn(items, self.FORTY)  # in no time: what takes long is ended by the suite

    def test_two_sections_share_no_item(self) -> None:
        items = [short(f"a{i}", "4") for i in range(20)]
        assert totals(drawn(items, self.FORTY, self.FORTY)) == [40, 40]
        with pytest.raises(ContentError, match="section `Short`: 40 points are needed"):
            drawn(items[:-1], self.FORTY, self.FORTY)


class TestKeys:
    TWO = Plan("Choice", "multiple_choice", count=2)

    @pytest.mark.parametrize("plans", [(TWO,), (replace(TWO, count=1), replace(TWO, count=1))])
    @pytest.mark.parametrize("sizes", [{}, {"3": 2}])
    def test_ticking_everything_is_right_once_a_paper(
        self, plans: tuple[Plan, ...], sizes: dict[str, Count]
    ) -> None:
        plans = tuple(replace(plan, key_sizes=sizes) for plan in plans)
        items: list[Item] = [choice("a", 3), choice("b", 3), choice("c", 3), choice("d", 1)]
        for seed in range(10):
            form = drawn(items, *plans, seed=seed)
            asked = [q.item.id for section in form.sections for q in section.questions]
            assert "d" in asked
        with pytest.raises(ContentError, match="two items of which every option is right"):
            drawn(items[:3], *plans)

    def test_preferred_numbers_of_keys_are_met_where_the_bank_can(self) -> None:
        items = [choice(f"a{i}", 1 + i % 3, options=4) for i in range(30)]
        plan = Plan("Choice", "multiple_choice", count=6, key_sizes={"1": 1, "2": 2, "3": 3})
        (section,) = drawn(items, plan).sections
        assert sorted(int(q.item.id[1:]) % 3 + 1 for q in section.questions) == [1, 2, 2, 3, 3, 3]

    def test_preferred_numbers_of_keys_give_way_where_the_bank_cannot(self) -> None:
        items = [choice(f"a{i}", 1) for i in range(3)]
        plan = Plan("Choice", "multiple_choice", count=3, key_sizes={"2": 3})
        assert len(drawn(items, plan).sections[0].questions) == 3


class TestName:
    PLAN = Plan("Short", "short_answer", count=1)

    def test_a_mended_explanation_renames_no_paper(self) -> None:
        item = short("a", "4")
        mended = replace(item, explanation="Better.", source=("E-1",), difficulty=3)
        assert drawn([item], self.PLAN).id == drawn([mended], self.PLAN).id

    @pytest.mark.parametrize(
        "plan",
        [replace(PLAN, scheme="right_or_minus_half"), replace(PLAN, points=Fraction(3))],
        ids=["scheme", "points"],
    )
    def test_another_way_of_scoring_renames_the_paper(self, plan: Plan) -> None:
        item = short("a", "4")
        assert drawn([item], self.PLAN).id != drawn([item], plan).id

    def test_another_answer_renames_the_paper(self) -> None:
        item = short("a", "4")
        other = replace(item, answer=NumberAnswer("2"))
        assert drawn([item], self.PLAN).id != drawn([other], self.PLAN).id
