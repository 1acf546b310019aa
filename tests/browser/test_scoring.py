"""The page's own script marks every pattern of answers as Python does, in a real browser."""

import random
from fractions import Fraction
from itertools import chain, combinations, permutations, product
from typing import Any

import pytest

from grader.exam.questions import asked
from grader.model.answer import (
    FormulaAnswer,
    NearMiss,
    NumberCell,
    ShapeCell,
    TextCell,
)
from grader.model.item import (
    Criterion,
    Distractor,
    Essay,
    Key,
    Matching,
    MultipleChoice,
    Option,
    Ordering,
    Pair,
    Parts,
    ShortAnswer,
    SingleChoice,
    Table,
    TrueFalse,
)
from grader.model.score import show_points
from grader.quiz.schemes import FITS
from tests.browser.conftest import Page
from tests.browser.vectors import STATED, WORTH, Case, differences, scored

# A browser beside other workers takes its time.
pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

CREDITS = (Fraction(1, 3), None, Fraction(-1, 2), Fraction(1, 7), None)


def subsets(letters: str) -> list[str]:
    return ["".join(s) for size in range(len(letters) + 1) for s in combinations(letters, size)]


def options(keys: str, letters: str, *, has_credits: bool) -> tuple[Option, ...]:
    shares = CREDITS if has_credits else (None,) * len(letters)
    return tuple(
        Key(name) if name in keys else Distractor(name, credit=share)
        for name, share in zip(letters, shares, strict=False)
    )


@pytest.mark.parametrize("scheme", sorted(FITS["multiple_choice"]))
def test_every_set_of_ticks_for_every_key_earns_the_same(page: Page, scheme: str) -> None:
    cases = []
    for size, has_credits in product(range(2, 6), [False, True]):
        letters = "ABCDE"[:size]
        for keys in subsets(letters)[1:]:
            stated = options(keys, letters, has_credits=has_credits)
            item = MultipleChoice(**STATED, type="multiple_choice", options=stated, scheme=scheme)
            cases.append(Case(asked(item, 1, points=WORTH), subsets(letters)))
    assert sum(len(case.answers) for case in cases) == 2 * sum((2**n - 1) * 2**n for n in range(2, 6))
    assert not differences(page, cases)


@pytest.mark.parametrize("has_other_keys", [True, False])
def test_none_of_the_above_is_read_alone(page: Page, has_other_keys: bool) -> None:
    first: Option = Key("A") if has_other_keys else Distractor("A")
    cases = []
    for scheme in sorted(FITS["multiple_choice"]):
        stated = (first, Distractor("B"), "none_of_the_above")
        item = MultipleChoice(**STATED, type="multiple_choice", options=stated, scheme=scheme)  # type: ignore[arg-type]
        cases.append(Case(asked(item, 1), subsets("ABC")))
    assert not differences(page, cases)


def test_every_choice_of_one_earns_the_same_under_every_scheme(page: Page) -> None:
    cases = []
    for scheme, size, has_credits in product(sorted(FITS["single_choice"]), range(2, 6), [False, True]):
        letters = "ABCDE"[:size]
        for key in letters:
            stated = options(key, letters, has_credits=has_credits)
            item = SingleChoice(**STATED, type="single_choice", options=stated, scheme=scheme)
            cases.append(Case(asked(item, 1, points=WORTH, rng=random.Random(size)), ["", *letters]))
    for scheme, answer in product(sorted(FITS["true_false"]), [True, False]):
        statement = TrueFalse(**STATED, type="true_false", answer=answer, scheme=scheme)
        cases.append(Case(asked(statement, 1, points=WORTH), ["", "true", "false", None]))
    assert not differences(page, cases)


@pytest.mark.parametrize("scheme", sorted(FITS["matching"]))
def test_every_way_to_pair_earns_the_same(page: Page, scheme: str) -> None:
    cases = []
    for lefts, extras in [(2, 0), (2, 2), (3, 0), (3, 1), (4, 1)]:
        pairs = tuple(Pair(f"l{n}", f"r{n}") for n in range(lefts))
        item = Matching(**STATED, type="matching", pairs=pairs, extras=tuple("xy"[:extras]), scheme=scheme)
        letters = ["", *"ABCDEF"[: lefts + extras]]
        given = [
            {str(n): name for n, name in enumerate(chosen, 1) if name}
            for chosen in product(letters, repeat=lefts)
        ]
        cases.append(Case(asked(item, 1, points=WORTH), given))
    assert not differences(page, cases)


@pytest.mark.parametrize("scheme", sorted(FITS["ordering"]))
def test_every_order_earns_the_same(page: Page, scheme: str) -> None:
    cases = []
    for size in range(2, 6):
        letters = "ABCDE"[:size]
        item = Ordering(**STATED, type="ordering", steps=tuple(f"s{n}" for n in range(size)), scheme=scheme)
        odd = [["A"] * size, [*letters[:-1], ""], [""] * size, ["", *letters[1:]]]
        cases.append(Case(asked(item, 1, points=WORTH), [*map(list, permutations(letters)), *odd]))
    assert not differences(page, cases)


@pytest.mark.parametrize("scheme", sorted(FITS["table"]))
def test_every_way_to_fill_a_table_earns_the_same(page: Page, scheme: str) -> None:
    near = (NearMiss("near", number="5"),)
    row = (NumberCell("4", near_misses=near), ShapeCell((2, 3)), TextCell("max", accept=("maximum",)))
    item = Table(
        **STATED, type="table", columns=("a", "b", "c"), rows=(row, ("p", row[0], "q")), scheme=scheme
    )
    names = ["1.1", "1.2", "1.3", "2.2"]
    typed = [["", "4", "5", "6"], ["", "2x3", "(3, 2)"], ["", "the Max", "min"], ["", "8/2", "0"]]
    given = [dict(zip(names, one, strict=True)) for one in product(*typed)]
    given = [{name: text for name, text in one.items() if text} for one in given]
    assert not differences(page, [Case(asked(item, 1, points=WORTH), given)])


def test_parts_add_up(page: Page) -> None:
    first = TrueFalse(stem="a", explanation="a", type="true_false", answer=True)
    ticks: Any = {"options": options("AB", "ABC", has_credits=False), "points": Fraction(5, 3)}
    second = MultipleChoice(stem="b", explanation="b", type="multiple_choice", **ticks)
    third = Ordering(stem="c", explanation="c", type="ordering", steps=("r", "s"), scheme="pairs_in_order")
    item = Parts(**STATED, type="parts", parts=(first, second, third))
    question = asked(item, 1, points=WORTH)
    every = product(["", "true", "false"], subsets("ABC"), [["A", "B"], ["B", "A"], ["", ""]])
    given = [dict(zip("abc", one, strict=True)) for one in every]
    assert not differences(page, [Case(question, given)])


def test_what_a_person_marks_waits_with_all_of_its_points(page: Page) -> None:
    essay = Essay(**STATED, type="essay", answer="So.", rubric=(Criterion("one", Fraction(3)),))
    formula = ShortAnswer(**STATED, type="short_answer", answer=FormulaAnswer("1/3"))
    cases = [Case(asked(item, 1), ["x + 1", "", "  "]) for item in (essay, formula)]
    assert not differences(page, cases, all_decided=False)
    found = [(marked.earned, marked.waits) for _, _, marked in scored(page, cases)]
    nothing = (Fraction(0), Fraction(0))
    all_of = [(Fraction(0), case.question.points) for case in cases]
    assert found == [all_of[0], nothing, nothing, all_of[1], nothing, nothing]


def test_points_are_shown_as_python_shows_them(page: Page) -> None:
    fractions = [
        Fraction(a, b) for a, b in product(range(-60, 200), chain(range(1, 65), (125, 200, 400, 1000)))
    ]
    texts = page.evaluate("all => all.map(text => shown(fraction(text)))", [str(one) for one in fractions])
    assert texts == [show_points(one) for one in fractions]


def test_exact_sums_have_no_rounding(page: Page) -> None:
    rng = random.Random(3)
    terms = [Fraction(rng.randint(-500, 500), rng.randint(1, 97)) for _ in range(200)]
    total = page.evaluate(
        "all => { const s = all.map(fraction).reduce(plus); return `${s.above}/${s.below}`; }",
        [str(one) for one in terms],
    )
    assert Fraction(total) == sum(terms)
