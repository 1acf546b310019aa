"""What is said of items: shares over what is decided, and whether those who did well did well on them."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exam.papers import Standing
from grader.exam.statistics import FEWEST, ItemStatistics, in_short, item_statistics
from grader.model.form import Form, ItemResult, Question, Section, Waiting
from grader.model.score import Score
from tests.exam.paper_makers import true_false

NAMES = "abc"
FORM = Form(
    "paper-1-0",
    "Paper",
    1,
    10,
    (
        Section(
            "All",
            "",
            tuple(Question(true_false(name), n, Fraction(4), "") for n, name in enumerate(NAMES, 1)),
        ),
    ),
)


def result(name: str, earned: int | None, possible: int = 4) -> ItemResult:
    """A response that earned so much; None for a blank one."""
    response = None if earned is None else "x"
    correct = None if earned is None else earned == possible
    return ItemResult(name, Score(Fraction(earned or 0), Fraction(possible)), response, correct, "")


def standing(*earned: int | None) -> Standing:
    results = tuple(result(name, points) for name, points in zip(NAMES, earned, strict=True))
    return Standing("s", Path("s.yaml"), FORM.id, FORM, results)


def of(item: str, standings: Sequence[Standing]) -> ItemStatistics:
    return next(one for one in item_statistics(standings) if one.id == item)


def test_responses_are_counted_by_what_they_earned() -> None:
    told = of("a", [standing(points, 0, 0) for points in (4, 4, 2, 0, -1, None)])
    assert (told.right, told.partly, told.wrong, told.blank, told.waiting) == (2, 1, 2, 1, 0)
    assert told.right_share == Fraction(2, 6)
    assert told.mean == Fraction(4 + 4 + 2 - 1, 24)


def test_what_is_not_decided_is_in_no_share() -> None:
    waits = ItemResult(
        "a", Score(Fraction(0), Fraction(4)), "x", None, "", pending=(Waiting("c", Fraction(4), "x"),)
    )
    unread = ItemResult("a", Score(Fraction(0), Fraction(4)), "x", None, "", unread="odd")
    others = (result("b", 4), result("c", 4))
    open_ = [Standing("s", Path("s.yaml"), FORM.id, FORM, (one, *others)) for one in (waits, unread)]
    told = of("a", [*open_, standing(4, 4, 4)])
    assert (told.waiting, told.right_share, told.mean) == (2, Fraction(1), Fraction(1))
    assert (of("a", open_).right_share, of("a", open_).mean) == (None, None)


def test_a_dropped_item_is_left_out() -> None:
    dropped = (result("a", 0, 0), result("b", 4), result("c", 4))
    assert [one.id for one in item_statistics([Standing("s", Path("s"), FORM.id, FORM, dropped)])] == [
        "b",
        "c",
    ]


@given(st.lists(st.tuples(*[st.integers(-2, 4)] * 3), min_size=FEWEST, max_size=30))
def test_discrimination_is_the_correlation_with_the_rest_of_the_paper(rows: list[tuple[int, ...]]) -> None:
    told = of("a", [standing(*row) for row in rows]).discrimination
    table = np.array(rows, dtype=float)
    own, rest = table[:, 0], table[:, 1:].sum(axis=1)
    if told is None:
        assert len(set(own)) == 1 or len(set(rest)) == 1
    else:
        assert told == pytest.approx(np.corrcoef(own, rest)[0, 1], abs=1e-9)


def test_a_key_that_is_wrong_shows_as_a_negative_one() -> None:
    good = [standing(0, 4, 4)] * 6
    poor = [standing(4, 0, 0)] * 6
    assert of("a", [*good, *poor]).discrimination == pytest.approx(-1)


def test_of_few_students_and_of_equal_ones_no_correlation_is_told() -> None:
    few = [standing(4, 4, 4), standing(0, 0, 0)]
    assert of("a", few).discrimination is None
    assert of("a", few * FEWEST).discrimination == pytest.approx(1)
    assert of("a", [standing(4, 4, 0)] * FEWEST).discrimination is None


def test_the_sum_is_told_in_short() -> None:
    assert in_short([]) == "0 papers marked"
    assert in_short([standing(4, 4, 4), standing(4, 0, 0)]) == "2 papers marked, mean 66.7% of the points"
