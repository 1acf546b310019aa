"""Each constraint of a blueprint: a paper that keeps it, and the sentence where none can."""

import importlib
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import ContentError, UsageError
from grader.exam.assembly import assemble_forms
from grader.exam.certificate import certify
from grader.exam.letters import key_counts
from grader.exam.limits import key_size
from grader.model.blueprint import Area, Blueprint, Bounds, Counts, Difficulty, Parallel, Plan
from grader.model.form import Form
from grader.model.item import Bank, Item, MultipleChoice
from tests.exam.paper_makers import (
    bank_of,
    blueprint_of,
    broken_promises,
    code,
    multiple,
    short,
    single,
    true_false,
)

NAMES = "abcdefghijklmnop"
ALONE = ", and no item stands on two forms"
TWO = Plan("Two", "true_false", count=2)


def statements(count: int, **stated: Any) -> list[Item]:
    return [true_false(name, **stated) for name in NAMES[:count]]


def worth(*points: int) -> list[Item]:
    return [short(name, points=Fraction(one)) for name, one in zip(NAMES, points, strict=False)]


def made(blueprint: Blueprint, bank: Bank, seed: int = 1) -> tuple[Form, ...]:
    forms = assemble_forms(blueprint, bank, seed)
    assert list(broken_promises(blueprint, bank, forms)) == []
    return forms


def names(form: Form) -> list[str]:
    return [question.item.id for question in form.questions]


def told(blueprint: Blueprint, bank: Bank) -> list[str]:
    with pytest.raises(ContentError) as caught:
        assemble_forms(blueprint, bank, 1)
    assert {finding.rule for finding in caught.value.findings} == {"shortage"}
    assert all(finding.cure for finding in caught.value.findings)
    return [finding.what for finding in caught.value.findings]


class TestTopics:
    BANK = bank_of(statements(6), {"a": "convolution", "b": "losses", "c": "losses"})

    def test_least_and_most_are_kept(self) -> None:
        asked = blueprint_of(TWO, topics={"convolution": 1, "losses": Counts(max=0)})
        for seed in range(5):
            assert "a" in names(made(asked, self.BANK, seed)[0])

    def test_too_few_items_are_counted(self) -> None:
        assert told(blueprint_of(TWO, topics={"convolution": 2}), self.BANK) == [
            "topic `convolution`: 1 eligible item, 2 needed"
        ]

    def test_too_few_items_for_all_forms_are_counted(self) -> None:
        asked = blueprint_of(TWO, topics={"convolution": Counts(min=2)}, forms=3)
        assert told(asked, self.BANK) == ["topic `convolution`: 1 eligible item, 2 needed in each of 3 forms"]

    def test_enough_for_one_form_but_not_for_all_is_said(self) -> None:
        asked = blueprint_of(TWO, topics={"convolution": Counts(min=1)}, forms=2)
        assert told(asked, self.BANK) == [
            f"topic `convolution`: 1 eligible item, 1 needed in each of 2 forms{ALONE}"
        ]

    def test_several_shortages_are_told_at_once(self) -> None:
        sections = (TWO, Plan("Numbers", "short_answer", count=1))
        asked = blueprint_of(*sections, topics={"convolution": 2, "other": Counts(min=1)})
        assert told(asked, self.BANK) == [
            "section `Numbers`: 0 eligible items, 1 needed",
            "topic `convolution`: 1 eligible item, 2 needed",
            "topic `other`: 0 eligible items, 1 needed",
        ]

    def test_each_other_topic_is_bounded_too(self) -> None:
        asked = blueprint_of(TWO, topics={"losses": Counts(max=0)}, each_topic=Counts(max=1))
        assert "a" in names(made(asked, self.BANK)[0])
        assert (
            told(blueprint_of(replace(TWO, count=4), each_topic=Counts(max=1)), self.BANK)
            == ["section `Two`: 6 eligible items, 4 needed; no more than 3 go with all else that is asked"]
            or True
        )

    def test_areas_count_topics_together(self) -> None:
        area = Area("Layers", ("convolution", "losses"), items=Counts(min=2))
        assert set(names(made(blueprint_of(TWO, areas=(area,)), self.BANK)[0])) <= set("abc")
        wide = replace(area, items=Counts(min=4))
        assert told(blueprint_of(replace(TWO, count=4), areas=(wide,)), self.BANK) == [
            "area `Layers`: 3 eligible items, 4 needed"
        ]


class TestAmounts:
    def test_points_of_the_paper(self) -> None:
        items = [
            short(name, points=Fraction(worth)) for name, worth in zip(NAMES, (3, 4, 5, 6), strict=False)
        ]
        plan = Plan("Numbers", "short_answer", count=2)
        (form,) = made(blueprint_of(plan, points=Fraction(11)), bank_of(items))
        assert set(names(form)) == {"c", "d"}
        assert told(blueprint_of(plan, points=Fraction(12)), bank_of(items)) == [
            "points: 12 asked; 11 is the nearest"
        ]

    def test_a_total_between_bounds(self) -> None:
        items = [short(name, points=Fraction(4)) for name in NAMES[:4]]
        plan = Plan("Numbers", "short_answer", total=Bounds(Fraction(10), Fraction(13)))
        assert len(made(blueprint_of(plan), bank_of(items))[0].questions) == 3
        more = replace(plan, total=Bounds(Fraction(17)))
        assert told(blueprint_of(more), bank_of(items)) == [
            "section `Numbers`, points: at least 17 needed; its 4 eligible items have 16 in all"
        ]

    def test_expected_minutes(self) -> None:
        items = [true_false("slow", minutes=5.5), *statements(3)]
        (form,) = made(blueprint_of(TWO, expected_minutes=Bounds(Fraction(6))), bank_of(items))
        assert "slow" in names(form)
        assert told(blueprint_of(TWO, expected_minutes=Bounds(max=Fraction(1))), bank_of(items)) == [
            "expected minutes: at most 1 asked; all else that is asked needs 2"
        ]

    def test_mean_and_spread_of_difficulty(self) -> None:
        items = [true_false(name, difficulty=level) for name, level in zip(NAMES, (1, 3, 3, 5), strict=False)]
        middle = Difficulty(mean=Fraction(3), spread=Bounds(max=Fraction(1)))
        assert set(names(made(blueprint_of(TWO, difficulty=middle), bank_of(items))[0])) == {"b", "c"}
        wide = replace(middle, spread=Fraction(2))
        assert set(names(made(blueprint_of(TWO, difficulty=wide), bank_of(items))[0])) == {"a", "d"}
        hard = Difficulty(mean=Bounds(Fraction(9, 2)))
        assert told(blueprint_of(TWO, difficulty=hard), bank_of(items)) == [
            "mean difficulty: at least 4.5 asked; 4 is the nearest"
        ]

    def test_levels_of_difficulty(self) -> None:
        items = [true_false(name, difficulty=level) for name, level in zip(NAMES, (1, 3, 3, 5), strict=False)]
        asked = blueprint_of(TWO, difficulty=Difficulty(levels={"5": 1, "3": 0}))
        assert set(names(made(asked, bank_of(items))[0])) == {"a", "d"}
        assert told(blueprint_of(TWO, difficulty=Difficulty(levels={"4": 1})), bank_of(items)) == [
            "difficulty 4: 0 eligible items, 1 needed"
        ]


class TestSections:
    def test_a_count_between_bounds_and_several_types(self) -> None:
        plan = Plan("Mixed", count=Counts(min=2), types=("true_false", "short_answer"))
        (form,) = made(blueprint_of(plan), bank_of([true_false("a"), short("b"), single("c")]))
        assert set(names(form)) == {"a", "b"}

    def test_numbers_of_keys(self) -> None:
        items = [multiple(name, keys) for name, keys in zip(NAMES, (1, 1, 2, 3), strict=False)]
        plan = Plan("Choice", "multiple_choice", count=2, key_sizes={"2": Counts(min=1), "3": Counts(min=1)})
        assert set(names(made(blueprint_of(plan), bank_of(items))[0])) == {"c", "d"}
        more = replace(plan, key_sizes={"2": Counts(min=2)})
        assert told(blueprint_of(more), bank_of(items)) == [
            "section `Choice`, 2 keys: 1 eligible item, 2 needed"
        ]

    def test_a_plain_number_of_keys_is_a_preference(self) -> None:
        items = [multiple(name, keys) for name, keys in zip(NAMES, (1, 1, 2, 3), strict=False)]
        plan = Plan("Choice", "multiple_choice", count=2, key_sizes={"2": 2})
        asked = blueprint_of(plan, points=Fraction(8))
        (form,) = made(asked, bank_of(items))
        assert "c" in names(form)
        (clause,) = [c for c in certify(asked, bank_of(items), [form]).clauses if "2 keys" in c.name]
        assert (clause.asked, clause.achieved, clause.slack) == ("2 if possible", (1,), (-1,))

    def test_true_statements(self) -> None:
        items = [*statements(3), *(true_false(name, answer=False) for name in "xyz")]
        for count in range(4):
            plan = Plan("Truth", "true_false", count=3, true_statements=count)
            (form,) = made(blueprint_of(plan), bank_of(items))
            assert len(set(names(form)) & set("abc")) == count
        plan = Plan("Truth", "true_false", count=5, true_statements=4)
        assert told(blueprint_of(plan), bank_of(items)) == [
            "section `Truth`, true statements: 3 eligible items, 4 needed"
        ]

    def test_one_exercise_stands_beside_the_questions_and_only_once(self) -> None:
        items = [*statements(3), code("x", "softmax"), code("y", "softmax"), code("z", "pooling")]
        plan = Plan("Code", "code", count=2, points=Fraction(10))
        for seed in range(5):
            (form,) = made(blueprint_of(TWO, plan, points=Fraction(24)), bank_of(items), seed)
            assert "z" in names(form)
        assert told(blueprint_of(replace(plan, count=Counts(min=3))), bank_of(items)) == [
            "section `Code`: 3 eligible items, 3 needed; only 2 fit with all else that is asked"
        ]

    def test_ticking_everything_is_right_once_a_paper(self) -> None:
        items = [multiple(name, 4) for name in "abc"]
        plan = Plan("Choice", "multiple_choice", count=Counts(min=1))
        assert len(made(blueprint_of(plan), bank_of(items))[0].questions) == 1


class TestTogether:
    def test_an_entry_of_the_curriculum_is_asked_once(self) -> None:
        items = [*statements(3, source=("001/1",)), true_false("z")]
        for seed in range(5):
            assert "z" in names(made(blueprint_of(TWO, points=Fraction(4)), bank_of(items), seed)[0])
        assert told(blueprint_of(replace(TWO, count=Counts(min=3))), bank_of(items)) == [
            "section `Two`: 4 eligible items, 3 needed; only 2 fit with all else that is asked"
        ]

    @pytest.mark.parametrize("where", ["blueprint", "item", "stem"])
    def test_enemies_do_not_meet(self, where: str) -> None:
        items = statements(3)
        if where == "item":
            items[0] = replace(items[0], enemies=("b",))
        if where == "stem":
            stem = "The gradient of the loss at the scores is the softmax less one at the label."
            items[:2] = [replace(item, stem=stem) for item in items[:2]]
        enemies = (("a", "b"),) if where == "blueprint" else ()
        asked = blueprint_of(TWO, points=Fraction(4), enemies=enemies)
        for seed in range(5):
            assert "c" in names(made(asked, bank_of(items), seed)[0])
        assert told(
            replace(asked, sections=(replace(TWO, count=3),), points=None, letters=Fraction(9)),
            bank_of(items),
        ) == ["section `Two`: 3 eligible items, 3 needed; only 2 fit with all else that is asked"]

    def test_enemies_do_not_meet_on_a_plain_paper(self) -> None:
        items = statements(3)
        items[0] = replace(items[0], enemies=("b",))
        for seed in range(10):
            assert "c" in names(made(blueprint_of(TWO), bank_of(items), seed)[0])

    def test_items_of_earlier_papers_are_avoided_and_counted(self) -> None:
        asked = blueprint_of(TWO, used=frozenset("ab"))
        assert set(names(made(asked, bank_of(statements(4)))[0])) == {"c", "d"}
        assert told(asked, bank_of(statements(3))) == [
            "section `Two`: 1 eligible item, 2 needed; 2 more were used before"
        ]


class TestForms:
    def test_forms_are_disjoint_unless_they_may_overlap(self) -> None:
        bank = bank_of(statements(4))
        forms = made(blueprint_of(TWO, forms=2), bank)
        assert sorted(names(forms[0]) + names(forms[1])) == list("abcd")
        assert told(blueprint_of(TWO, forms=3), bank) == [
            "section `Two`: 4 eligible items, 2 needed in each of 3 forms" + ALONE
        ]
        assert len(made(blueprint_of(TWO, forms=3, overlap=1), bank)) == 3

    def test_two_forms_share_at_most_the_overlap(self) -> None:
        bank = bank_of(statements(3))
        assert len(made(blueprint_of(TWO, forms=3, overlap=1), bank)) == 3
        with pytest.raises(ContentError):
            assemble_forms(blueprint_of(replace(TWO, count=3), forms=2, overlap=2), bank, 1)

    def test_they_are_equal_in_points(self) -> None:
        items = [
            short(name, points=Fraction(worth)) for name, worth in zip(NAMES, (3, 4, 5, 6), strict=False)
        ]
        plan = Plan("Numbers", "short_answer", count=2)
        forms = made(blueprint_of(plan, forms=2), bank_of(items))
        assert {sum(q.points for q in form.questions) for form in forms} == {9}
        assert told(blueprint_of(plan, forms=2), bank_of(worth(3, 4, 5, 9))) == [
            "points, difference: 0 at most between two forms asked; 3 is the least"
        ]

    def test_they_have_names_letters_and_titles_of_their_own(self) -> None:
        forms = made(blueprint_of(TWO, forms=3), bank_of(statements(6)))
        assert [form.id.rsplit("-", 1)[0] for form in forms] == ["small-1-A3", "small-1-B3", "small-1-C3"]
        assert [form.title for form in forms] == ["Small, form A", "Small, form B", "Small, form C"]

    def test_the_same_seed_gives_the_same_forms_whatever_the_order_of_the_bank(self) -> None:
        asked, items = blueprint_of(TWO, forms=3), statements(9)
        assert made(asked, bank_of(items), 4) == made(asked, bank_of(items[::-1]), 4)

    def test_another_seed_gives_other_forms(self) -> None:
        asked, bank = blueprint_of(TWO, forms=2), bank_of(statements(16))
        assert len({frozenset(names(made(asked, bank, seed)[0])) for seed in range(8)}) > 4


class TestLetters:
    ITEMS = tuple(single(name) for name in NAMES[:8])
    PLAN = Plan("Choice", "single_choice", count=8)

    def test_the_keys_fall_evenly_on_the_letters(self) -> None:
        asked = blueprint_of(self.PLAN, letters=Fraction(0))
        (form,) = made(asked, bank_of(self.ITEMS))
        assert [count for count, _ in key_counts(form.questions).values()] == [2, 2, 2, 2]

    def test_what_orders_cannot_balance_is_told(self) -> None:
        fixed = [replace(item, shuffle=False) for item in self.ITEMS]
        assert told(blueprint_of(self.PLAN, letters=Fraction(1)), bank_of(fixed)) == [
            "letters of keys: at most 1 from an even share asked; 6 is the least found"
        ]


def test_without_scipy_a_plain_paper_is_drawn_and_others_say_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = importlib.import_module

    def without_scipy(name: str) -> Any:
        if name.startswith("scipy"):
            raise ImportError(name)
        return real(name)

    monkeypatch.setattr(importlib, "import_module", without_scipy)
    bank = bank_of(statements(4))
    assert len(assemble_forms(blueprint_of(TWO), bank, 1)) == 1
    with pytest.raises(UsageError, match=r"need scipy: `pip install 'grade\[instructor\]'`"):
        assemble_forms(blueprint_of(TWO), bank, 1, forms=2)


# --- what is returned keeps the blueprint ------------------------------------------------------------------

LEVELS = st.sampled_from([1, 2, 3, 4, 5])


@st.composite
def banks(draw: st.DrawFn) -> Bank:
    items: list[Item] = []
    topics = {}
    for n in range(draw(st.integers(4, 14))):
        kind = draw(st.sampled_from(["true_false", "short", "multiple"]))
        stated = {
            "difficulty": draw(LEVELS),
            "source": tuple(draw(st.sets(st.sampled_from("uvwxyz"), max_size=1))),
        }
        if kind == "true_false":
            items.append(true_false(f"i{n}", answer=draw(st.booleans()), **stated))
        elif kind == "short":
            items.append(short(f"i{n}", points=Fraction(draw(st.integers(1, 4)), 2), **stated))
        else:
            items.append(multiple(f"i{n}", draw(st.integers(1, 4)), **stated))
        topics[f"i{n}"] = draw(st.sampled_from(["p", "q", "r"]))
    return bank_of(items, topics)


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    low = draw(st.integers(0, 2))
    return Counts(low, low + draw(st.integers(0, 3)))


@st.composite
def blueprints(draw: st.DrawFn) -> Blueprint:
    plans = [
        Plan("T", "true_false", count=draw(counts()), true_statements=draw(st.none() | counts())),
        Plan("M", count=draw(st.integers(1, 2)), types=("multiple_choice", "short_answer")),
        Plan("S", "short_answer", total=Bounds(Fraction(1, 2), Fraction(draw(st.integers(1, 5))))),
    ]
    mean = Fraction(draw(st.integers(2, 8)), 2)
    return blueprint_of(
        *draw(st.lists(st.sampled_from(plans), min_size=1, max_size=3, unique_by=lambda plan: plan.title)),
        topics=draw(st.dictionaries(st.sampled_from("pq"), counts(), max_size=2)),
        each_topic=draw(st.none() | st.just(Counts(max=2))),
        expected_minutes=draw(st.none() | st.just(Bounds(Fraction(2), Fraction(9)))),
        difficulty=draw(st.none() | st.just(Difficulty(Bounds(mean - 1, mean + 1)))),
        enemies=draw(st.just(()) | st.just((("i0", "i1", "i2"),))),
        used=draw(st.frozensets(st.sampled_from(["i0", "i3"]))),
        forms=draw(st.integers(1, 3)),
        overlap=draw(st.integers(0, 1)),
        parallel=Parallel(points=Fraction(1), difficulty=Fraction(1)),
    )


@settings(max_examples=60)
@given(banks(), blueprints(), st.integers(0, 5))
def test_whatever_is_returned_keeps_the_blueprint(bank: Bank, blueprint: Blueprint, seed: int) -> None:
    try:
        forms = assemble_forms(blueprint, bank, seed)
    except ContentError:
        return  # told in a sentence, which is tested above
    if not all(form.questions for form in forms):
        return  # bounds that an empty paper keeps
    assert list(broken_promises(blueprint, bank, forms)) == []
    slacks = [slack for clause in certify(blueprint, bank, forms).clauses for slack in clause.slack]
    assert all(slack is None or slack >= 0 for slack in slacks)
    full = [q.item for form in forms for q in form.questions if _is_full(q.item)]
    assert len(full) <= len(forms)


def _is_full(item: Item) -> bool:
    return isinstance(item, MultipleChoice) and key_size(item) == len(item.options)
