"""Which scheme an item is scored by, and what it earns where the scheme looks at credits or pays a blank."""

from dataclasses import replace
from fractions import Fraction

import pytest

from grader.exam.marking import mark_one
from grader.exam.questions import asked
from grader.model.answer import NearMiss, TextAnswer
from grader.model.item import Distractor, Item, Key, MultipleChoice, ShortAnswer, SingleChoice
from grader.quiz.schemes import scheme_of

WORDS = {"id": "i", "stem": "s", "explanation": "E."}
SINGLE = SingleChoice(
    type="single_choice",
    options=(Key("right"), Distractor("nearly", credit=Fraction(1, 4)), Distractor("wrong")),
    **WORDS,  # type: ignore[arg-type]
)
MULTIPLE = MultipleChoice(
    type="multiple_choice",
    options=(Key("a"), Distractor("b"), Distractor("c"), Distractor("d")),
    **WORDS,  # type: ignore[arg-type]
)
TYPED = ShortAnswer(
    type="short_answer",
    answer=TextAnswer("softmax"),
    near_misses=(NearMiss("Of how many classes?", text="sigmoid", credit=Fraction(1, 2)),),
    **WORDS,  # type: ignore[arg-type]
)


def earned(item: Item, response: str | None, scheme: str | None = None) -> Fraction:
    return mark_one(asked(item, 1, scheme=scheme), response).score.earned


@pytest.mark.parametrize("item", [SINGLE, TYPED], ids=["option", "near miss"])
def test_a_credit_is_paid_where_no_scheme_is_named(item: Item) -> None:
    assert scheme_of(item) == "per_option"
    assert scheme_of(item, "all_or_nothing") == "all_or_nothing"
    assert scheme_of(replace(item, scheme="per_option"), "all_or_nothing") == "per_option"


def test_without_a_credit_the_type_decides() -> None:
    assert scheme_of(replace(TYPED, near_misses=())) == "all_or_nothing"
    assert scheme_of(MULTIPLE) == "symmetric_difference"
    assert scheme_of(MULTIPLE, "net_correct") == "net_correct"


@pytest.mark.parametrize(("letter", "points"), [("A", 4), ("B", 1), ("C", 0), (None, 0)])
def test_an_option_earns_its_credit(letter: str | None, points: int) -> None:
    assert earned(SINGLE, letter) == points
    assert earned(SINGLE, letter, "all_or_nothing") == (4 if letter == "A" else 0)


@pytest.mark.parametrize(("typed", "points"), [("softmax", 4), ("sigmoid", 2), ("tanh", 0)])
def test_a_near_miss_earns_its_credit(typed: str, points: int) -> None:
    assert earned(TYPED, typed) == points
    assert earned(TYPED, typed, "all_or_nothing") == (4 if typed == "softmax" else 0)


@pytest.mark.parametrize(
    ("scheme", "points"),
    [("every_decision", 3), ("halves", 2), ("net_correct", 0), ("symmetric_difference", 0)],
)
def test_a_blank_earns_what_the_definition_of_its_scheme_says(scheme: str, points: int) -> None:
    assert earned(MULTIPLE, None, scheme) == points
