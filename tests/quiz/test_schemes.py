"""Scoring schemes, with the nine worked examples of the midterm's multiple-choice rule."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.quiz.schemes import DEFAULTS, RULES, SCHEMES, points, symmetric_difference

FOUR = Fraction(4)
LETTERS = "ABCD"


selections = st.frozensets(st.sampled_from(LETTERS))
keys = st.frozensets(st.sampled_from(LETTERS), min_size=1)


def mark(scheme: str, worth: int | Fraction, selected: str, key: str) -> Fraction:
    return points(scheme, Fraction(worth), frozenset(selected), frozenset(key))


@pytest.mark.parametrize(
    ("key", "selected", "stated"),
    [
        ("A", "A", 4),
        ("A", "AB", 2),
        ("A", "ABC", 0),
        ("A", "ABCD", 0),
        ("AB", "AB", 4),
        ("AB", "A", 2),
        ("AB", "ABC", 2),
        ("AB", "AC", 0),
        ("AB", "CD", 0),
    ],
)
def test_the_nine_worked_examples(key: str, selected: str, stated: int) -> None:
    assert mark("symmetric_difference", 4, selected, key) == stated


def test_a_missed_option_of_a_key_of_three_costs_two_points() -> None:
    assert mark("symmetric_difference", 4, "AB", "ABC") == 2


@given(selections, selections)
def test_full_points_are_for_the_key_only(selected: frozenset[str], key: frozenset[str]) -> None:
    assert (symmetric_difference(FOUR, selected, key) == 4) == (selected == key)


@given(selections, selections)
def test_selection_and_key_may_change_places(selected: frozenset[str], key: frozenset[str]) -> None:
    assert symmetric_difference(FOUR, selected, key) == symmetric_difference(FOUR, key, selected)


@given(selections, selections, st.permutations(LETTERS))
def test_relabeling_options_changes_nothing(
    selected: frozenset[str], key: frozenset[str], names: list[str]
) -> None:
    rename = dict(zip(LETTERS, names, strict=True))
    renamed = [frozenset(rename[letter] for letter in letters) for letters in (selected, key)]

    assert symmetric_difference(FOUR, *renamed) == symmetric_difference(FOUR, selected, key)


@given(selections, selections, st.sampled_from(LETTERS))
def test_one_more_or_less_tick_changes_two_points_at_most(
    selected: frozenset[str], key: frozenset[str], letter: str
) -> None:
    change = symmetric_difference(FOUR, selected ^ {letter}, key) - symmetric_difference(FOUR, selected, key)

    assert change in (-2, 0, 2)


@given(selections, keys, st.fractions(Fraction(1, 4), 20))
def test_points_lie_between_nothing_and_everything(
    selected: frozenset[str], key: frozenset[str], worth: Fraction
) -> None:
    assert 0 <= points("symmetric_difference", worth, selected, key) <= worth
    assert points("all_or_nothing", worth, selected, key) in (0, worth)
    assert points("right_or_minus_half", worth, selected, key) in (0, worth, -worth / 2)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("key", ["A", "AB", "ABCD"])
def test_a_blank_answer_earns_nothing(scheme: str, key: str) -> None:
    assert mark(scheme, 4, "", key) == 0


@pytest.mark.parametrize(("key", "paid"), [("A", 2), ("AB", 0), ("ABC", 0)])
def test_the_bare_formula_pays_for_a_blank(key: str, paid: int) -> None:
    assert symmetric_difference(FOUR, frozenset(), frozenset(key)) == paid


@pytest.mark.parametrize(("selected", "earned"), [("T", 2), ("F", -1), ("", 0)])
def test_true_false_loses_half_for_a_wrong_answer(selected: str, earned: int) -> None:
    assert mark(DEFAULTS["true_false"], 2, selected, "T") == earned


@pytest.mark.parametrize(("selected", "earned"), [("A", 4), ("B", 0), ("AB", 0), ("", 0)])
def test_a_single_choice_is_right_or_not(selected: str, earned: int) -> None:
    assert mark(DEFAULTS["single_choice"], 4, selected, "A") == earned


def test_points_stay_exact() -> None:
    assert mark("symmetric_difference", Fraction(5, 3), "AB", "A") == Fraction(5, 6)
    assert mark("right_or_minus_half", Fraction(1, 3), "F", "T") == Fraction(-1, 6)


def test_every_scheme_has_a_sentence_for_the_paper() -> None:
    assert set(RULES) == set(SCHEMES)
    assert set(DEFAULTS.values()) <= set(SCHEMES)
    for sentence in RULES.values():
        assert sentence.format(worth=4, half=2).endswith(".")
