"""Scoring schemes: the midterm's worked examples, those that others publish, and laws for all."""

from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.quiz.schemes import DEFAULTS, FITS, PAYING_A_BLANK, RULES, SCHEMES, points
from grader.quiz.schemes.attempts import best_less_penalties, points_per_attempt
from grader.quiz.schemes.options import exams
from grader.quiz.schemes.response import Response

LETTERS = "ABCD"
OF_OPTIONS = sorted(FITS["multiple_choice"])

selections = st.frozensets(st.sampled_from(LETTERS))
keys = st.frozensets(st.sampled_from(LETTERS), min_size=1)
SUBSETS = [frozenset(some) for size in range(5) for some in combinations(LETTERS, size)]
PAIRS = [(selected, key) for selected, key in product(SUBSETS, SUBSETS) if key]
"""Every selection under every key."""


def mark(scheme: str, worth: int | Fraction, selected: str, key: str, options: int = 4) -> Fraction:
    return points(scheme, Fraction(worth), frozenset(selected), frozenset(key), options=options)


def response(selected: frozenset[str], key: frozenset[str], worth: Fraction = Fraction(4)) -> Response:
    return Response(worth, selected, key, len(LETTERS))


def formula(scheme: str, selected: frozenset[str], key: frozenset[str]) -> Fraction:
    """What the bare formula pays, for a blank too."""
    return SCHEMES[scheme](response(selected, key))


class TestTheMidterm:
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
    def test_the_nine_worked_examples(self, key: str, selected: str, stated: int) -> None:
        assert mark("symmetric_difference", 4, selected, key) == stated

    def test_a_missed_option_of_a_key_of_three_costs_two_points(self) -> None:
        assert mark("symmetric_difference", 4, "AB", "ABC") == 2

    @given(selections, selections)
    def test_full_points_are_for_the_key_only(self, selected: frozenset[str], key: frozenset[str]) -> None:
        assert (formula("symmetric_difference", selected, key) == 4) == (selected == key)

    @given(selections, selections)
    def test_selection_and_key_may_change_places(self, selected: frozenset[str], key: frozenset[str]) -> None:
        one, other = (formula("symmetric_difference", *pair) for pair in ((selected, key), (key, selected)))
        assert one == other

    @given(selections, selections, st.sampled_from(LETTERS))
    def test_one_more_or_less_tick_changes_two_points_at_most(
        self, selected: frozenset[str], key: frozenset[str], letter: str
    ) -> None:
        before = formula("symmetric_difference", selected, key)

        assert formula("symmetric_difference", selected ^ {letter}, key) - before in (-2, 0, 2)

    @pytest.mark.parametrize(("key", "paid"), [("A", 2), ("AB", 0), ("ABC", 0)])
    def test_the_bare_formula_would_pay_for_a_blank(self, key: str, paid: int) -> None:
        assert formula("symmetric_difference", frozenset(), frozenset(key)) == paid
        assert mark("symmetric_difference", 4, "", key) == 0

    @pytest.mark.parametrize(("selected", "earned"), [("T", 2), ("F", -1), ("", 0)])
    def test_true_false_loses_half_for_a_wrong_answer(self, selected: str, earned: int) -> None:
        assert mark(DEFAULTS["true_false"], 2, selected, "T", options=2) == earned

    @pytest.mark.parametrize(("selected", "earned"), [("A", 4), ("B", 0), ("AB", 0), ("", 0)])
    def test_a_single_choice_is_right_or_not(self, selected: str, earned: int) -> None:
        assert mark(DEFAULTS["single_choice"], 4, selected, "A") == earned


class TestEveryScheme:
    """Laws, for every selection under every key."""

    @pytest.mark.parametrize("scheme", OF_OPTIONS)
    def test_the_key_earns_everything_and_nothing_earns_more(self, scheme: str) -> None:
        for selected, key in PAIRS:
            assert formula(scheme, key, key) == 4
            assert formula(scheme, selected, key) <= 4

    @pytest.mark.parametrize("scheme", OF_OPTIONS)
    @pytest.mark.parametrize("names", ["BACD", "ACBD", "ABDC"])  # all others are made of these
    def test_relabeling_options_changes_nothing(self, scheme: str, names: str) -> None:
        rename = dict(zip(LETTERS, names, strict=True))
        for pair in PAIRS:
            renamed = [frozenset(rename[letter] for letter in letters) for letters in pair]

            assert formula(scheme, *renamed) == formula(scheme, *pair)

    @pytest.mark.parametrize("scheme", OF_OPTIONS)
    @pytest.mark.parametrize("worth", [Fraction(1, 4), Fraction(2, 3), Fraction(17, 7), Fraction(20)])
    def test_points_are_in_proportion_to_the_worth(self, scheme: str, worth: Fraction) -> None:
        for selected, key in PAIRS:
            share = SCHEMES[scheme](response(selected, key, Fraction(1)))

            assert SCHEMES[scheme](response(selected, key, worth)) == worth * share

    @pytest.mark.parametrize(
        "scheme",
        [
            name
            for name in OF_OPTIONS
            if "minus" not in name and "neg" not in name and name != "guess_neutral"
        ],
    )
    def test_nothing_is_lost_where_no_rule_says_so(self, scheme: str) -> None:
        for selected, key in product(SUBSETS, SUBSETS):
            assert formula(scheme, selected, key) >= 0

    @pytest.mark.parametrize("scheme", SCHEMES)
    @pytest.mark.parametrize("key", ["A", "AB", "ABCD"])
    def test_a_blank_answer_earns_nothing_unless_the_definition_pays_it(self, scheme: str, key: str) -> None:
        paid = {"every_decision": 4 - len(key), "halves": 2 * (key == "A")}

        assert mark(scheme, 4, "", key) == (paid[scheme] if scheme in PAYING_A_BLANK else 0)

    def test_has_a_sentence_for_the_paper(self) -> None:
        assert set(RULES) == set(SCHEMES)
        for sentence in RULES.values():
            assert sentence.format(worth=4, half=2).endswith(".")
            assert "{" not in sentence.format(worth="its", half="half of them")

    def test_says_its_formula_its_meaning_and_its_source(self) -> None:
        for name, scheme in SCHEMES.items():
            parts = (scheme.__doc__ or "").split("\n\n")
            assert len(parts) == 3, name
            assert parts[2].strip().startswith("Source: "), name

    def test_means_something_for_some_type_and_each_default_for_its_own(self) -> None:
        assert set().union(*FITS.values()) == set(SCHEMES)
        for kind, scheme in DEFAULTS.items():
            assert scheme in FITS[kind]

    def test_points_stay_exact(self) -> None:
        assert mark("symmetric_difference", Fraction(5, 3), "AB", "A") == Fraction(5, 6)
        assert mark("right_or_minus_half", Fraction(1, 3), "F", "T") == Fraction(-1, 6)


FORMULAS = [
    # The letters of the formulas: n options, of them C right; ticked; what a full answer of 1 point earns.
    ("all_or_nothing", 4, "AB", "AB", "1"),
    ("all_or_nothing", 4, "AB", "A", "0"),
    ("net_correct", 4, "ABC", "AB", "2/3"),
    ("net_correct", 4, "ABC", "ABD", "1/3"),
    ("net_correct", 4, "A", "BCD", "0"),
    ("coverage", 4, "ABC", "ABD", "4/9"),
    ("coverage", 5, "ABC", "ABCDE", "3/5"),
    ("coverage", 4, "AB", "CD", "0"),
    ("every_decision", 4, "AB", "A", "3/4"),
    ("every_decision", 5, "AB", "CDE", "0"),
    ("every_decision", 4, "A", "", "3/4"),
    ("proportional_correct", 4, "ABC", "AB", "2/3"),
    ("proportional_correct", 4, "ABC", "ABD", "0"),
    ("halves", 2, "A", "AB", "0"),
    ("halves", 3, "AB", "A", "1/2"),
    ("halves", 4, "AB", "C", "0"),
    ("halves", 5, "AB", "AC", "1/4"),
    ("halves", 5, "ABC", "DE", "0"),
    ("halves", 4, "A", "", "1/2"),
    ("exams_true", 5, "AB", "AC", "0"),
    ("exams_true_negative", 5, "AB", "C", "-1/2"),
    ("exams_false", 5, "AB", "AC", "1/6"),
    ("exams_false", 4, "ABC", "AD", "0"),
    ("exams_false2", 5, "AB", "AC", "1/6"),
    ("exams_false2", 4, "ABC", "ABD", "1/6"),
    ("exams_all", 4, "ABC", "ABD", "0"),
    ("exams_all_negative", 4, "ABC", "ABD", "-1/3"),
    ("exams_all_negative", 4, "A", "BCD", "-1"),
    ("exams_none", 4, "ABC", "ABD", "2/3"),
    ("exams_false_negative", 4, "AB", "CD", "-1"),
    ("exams_false2_negative", 4, "ABC", "D", "-1/2"),
    ("right_or_minus_third", 4, "A", "B", "-1/3"),
    ("right_or_minus_quarter", 5, "A", "B", "-1/4"),
    ("guess_neutral", 4, "A", "B", "-1/3"),
    ("guess_neutral", 5, "A", "B", "-1/4"),
    ("moodle", 4, "ABC", "ABD", "1/3"),
    ("moodle", 4, "A", "BC", "0"),
    ("moodle_single", 4, "A", "B", "0"),
    ("sum_ticked", 4, "AB", "AC", "1/2"),
    ("per_option", 4, "A", "A", "1"),
    ("per_option", 4, "A", "AB", "0"),
]


@pytest.mark.parametrize(("scheme", "options", "key", "selected", "earned"), FORMULAS)
def test_the_formulas(scheme: str, options: int, key: str, selected: str, earned: str) -> None:
    assert mark(scheme, 1, selected, key, options) == Fraction(earned)


class TestWhatOthersPublish:
    @pytest.mark.parametrize(
        ("selected", "earned"), [("ACE", "1"), ("AC", "2/3"), ("ABC", "1/6"), ("BD", "0"), ("", "0")]
    )
    def test_exams_default_policy(self, selected: str, earned: str) -> None:
        """The manual page of R/exams' `exams_eval`: the key 10101, each right 1/3, each wrong 1/2."""
        assert mark("exams_false2", 1, selected, "ACE", 5) == Fraction(earned)

    @pytest.mark.parametrize(("selected", "earned"), [("ACE", "1"), ("BD", "-1/4")])
    def test_exams_policy_with_a_quarter_below_zero(self, selected: str, earned: str) -> None:
        quarter = exams("false2", Fraction(-1, 4))

        assert quarter(Response(Fraction(1), frozenset(selected), frozenset("ACE"), 5)) == Fraction(earned)

    @pytest.mark.parametrize(("selected", "earned"), [("A", "1"), ("B", "-1/4"), ("", "0")])
    def test_exams_policy_without_partial_credit(self, selected: str, earned: str) -> None:
        assert mark("right_or_minus_quarter", 1, selected, "A", 5) == Fraction(earned)

    @pytest.mark.parametrize(("selected", "earned"), [("ABC", 2), ("AB", 4), ("A", 2), ("ACD", 0), ("", 0)])
    def test_canvas(self, selected: str, earned: int) -> None:
        """Its guide: of 4 points with 2 right answers each is worth 2, and each wrong one takes 2 back."""
        assert mark("net_correct", 4, selected, "AB", 4) == earned

    def test_prairielearn_pays_what_an_attempt_adds(self) -> None:
        """Its manual: 50, 20, 80 and 70 percent at 10, 7, 5 and 2 points earn 6.5."""
        shares = [Fraction(percent, 100) for percent in (50, 20, 80, 70)]

        assert points_per_attempt(shares, [Fraction(value) for value in (10, 7, 5, 2)]) == Fraction(13, 2)

    def test_amc_is_among_ours(self) -> None:
        """Its defaults add 1 for each box in the right state; `haut=2` takes 1 of 2 off for each other."""
        for selected in ("", "A", "AB", "ACD", "BCD"):
            right = 4 - len(set(selected) ^ {"A"})
            assert mark("every_decision", 4, selected, "A") == right
            if selected:
                assert mark("symmetric_difference", 2, selected, "A") == max(0, right - 2)

    @given(selections, keys)
    def test_moodle_without_fractions_is_net_correct(
        self, selected: frozenset[str], key: frozenset[str]
    ) -> None:
        assert formula("moodle", selected, key) == formula("net_correct", selected, key)


class TestCredits:
    def test_an_option_earns_its_own_credit(self) -> None:
        half = {"B": Fraction(1, 2)}
        earned = [
            points("per_option", Fraction(4), frozenset(one), frozenset("A"), options=4, credits=half)
            for one in "ABC"
        ]

        assert earned == [4, 2, 0]

    def test_moodle_fractions_may_be_negative_for_one_answer_only(self) -> None:
        fractions = {"B": Fraction(-1, 3), "C": Fraction(1, 3)}

        def earned(scheme: str, selected: str) -> Fraction:
            return points(
                scheme, Fraction(3), frozenset(selected), frozenset("A"), options=3, credits=fractions
            )

        assert [earned("moodle_single", one) for one in "ABC"] == [3, -1, 1]
        assert earned("moodle", "B") == 0
        assert earned("moodle", "BC") == 0
        assert earned("moodle", "AC") == 3
        assert earned("sum_ticked", "AB") == 2

    def test_parts_add_up_and_one_may_lose_points(self) -> None:
        shares = {"a": Fraction(1, 2), "b": Fraction(-1, 8)}
        every = frozenset(shares)

        assert points("sum_of_parts", Fraction(8), every, every, options=2, credits=shares) == 3

    def test_a_rubric_is_held_between_nothing_and_everything(self) -> None:
        shares = {"good": Fraction(3, 4), "better": Fraction(1, 2), "spoiled": Fraction(-2)}

        def earned(*met: str) -> Fraction:
            every = frozenset(shares)
            return points("rubric", Fraction(4), frozenset(met), every, options=3, credits=shares)

        assert [earned("good"), earned("good", "better"), earned("good", "spoiled")] == [3, 4, 0]

    def test_tests_pay_what_they_are_worth(self) -> None:
        shares = {"first": Fraction(1, 4), "second": Fraction(3, 4)}
        every = frozenset(shares)

        assert points("by_tests", Fraction(8), frozenset({"second"}), every, options=2, credits=shares) == 6


def before(order: str) -> frozenset[str]:
    """Every "a before b" of an order."""
    return frozenset(a + b for i, a in enumerate(order) for b in order[i + 1 :])


class TestShares:
    def test_each_pair_of_a_matching_counts_by_itself(self) -> None:
        key = frozenset({"1A", "2B", "3C", "4D"})

        assert points("share_right", Fraction(4), frozenset({"1A", "2C", "3B"}), key, options=16) == 1

    @pytest.mark.parametrize(
        ("order", "earned"), [("abcd", 6), ("bacd", 4), ("abdc", 4), ("badc", 2), ("dcba", 0), ("dabc", 0)]
    )
    def test_an_order_counts_its_pairs(self, order: str, earned: int) -> None:
        assert points("pairs_in_order", Fraction(6), before(order), before("abcd"), options=12) == earned


class TestAttempts:
    def test_each_attempt_that_is_not_right_makes_those_after_it_worth_less(self) -> None:
        none, all_ = Fraction(0), Fraction(1)

        assert best_less_penalties([all_]) == 1
        assert best_less_penalties([none, none, all_]) == Fraction(8, 10)
        assert best_less_penalties([none] * 20 + [all_]) == 0
        assert best_less_penalties([Fraction(9, 10), none, all_]) == Fraction(9, 10)
        assert best_less_penalties([]) == 0

    @given(st.lists(st.fractions(0, 1), max_size=6), st.fractions(0, 1))
    def test_another_attempt_never_loses_anything(self, shares: list[Fraction], more: Fraction) -> None:
        assert best_less_penalties([*shares, more]) >= best_less_penalties(shares)
        assert points_per_attempt([*shares, more]) >= points_per_attempt(shares)
