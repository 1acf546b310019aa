"""What guessing earns, held to values that were computed elsewhere, and the page that tells it."""

from fractions import Fraction

import pytest

from grader.quiz.schemes import FITS, SCHEMES
from grader.quiz.schemes.attempts import ATTEMPT_SCHEMES
from grader.quiz.schemes.examples import examples
from grader.quiz.schemes.guessing import coin_flips, expected, guesses
from grader.quiz.schemes.page import exact, scheme_page


@pytest.mark.parametrize(
    ("scheme", "options", "keys", "coins", "everything", "nothing"),
    [
        ("net_correct", 4, 1, 0.06, 0, 0),
        ("coverage", 4, 1, 0.23, 0.25, 0),
        ("every_decision", 4, 1, 0.50, 0.25, 0.75),
        ("halves", 4, 1, 0.19, 0, 0.50),
        ("exams_false2", 4, 1, 0.25, 0, 0),
        ("net_correct", 5, 3, 0.24, 0.33, 0),
        ("coverage", 5, 3, 0.35, 0.60, 0),
        ("every_decision", 5, 3, 0.50, 0.60, 0.40),
        ("halves", 5, 3, 0.19, 0.25, 0),
        ("exams_false2", 5, 3, 0.19, 0, 0),
    ],
)
def test_the_gaming_table(
    scheme: str, options: int, keys: int, coins: float, everything: float, nothing: float
) -> None:
    all_letters = max(coin_flips(options), key=len)
    ways = (coin_flips(options), [all_letters], [frozenset[str]()])

    shares = [float(expected(scheme, options, keys, way)) for way in ways]

    assert shares == pytest.approx([coins, everything, nothing], abs=0.005)


def test_the_midterm_pays_a_blind_tick_as_the_curriculum_says() -> None:
    """002_004, section 0.2, finding 4: of 4 points, 1 for one tick where one of four options is right."""
    earned = {
        (g.situation, g.strategy): 4 * g.expected
        for g in guesses("symmetric_difference")
        if "4 o" in g.situation
    }

    assert earned["4 options, 1 right", "tick one"] == 1
    assert earned["4 options, 2 right", "tick one"] == 1
    assert earned["4 options, 3 right", "tick everything"] == 2


def test_true_false_pays_for_a_coin() -> None:
    """Finding 5: half a point of two."""
    [coin] = [g for g in guesses("right_or_minus_half") if g.situation == "true or false"]

    assert 2 * coin.expected == Fraction(1, 2)


def test_a_neutral_guess_is_worth_nothing() -> None:
    shares = [g.expected for g in guesses("guess_neutral") if g.strategy == "take one at random"]

    assert shares == [0, 0, 0]


def test_any_order_of_steps_earns_less_than_half() -> None:
    assert [g.expected for g in guesses("pairs_in_order")] == [
        Fraction(5, 18),
        Fraction(7, 36),
        Fraction(49, 300),
    ]


def test_any_order_of_pairs_earns_one_of_them() -> None:
    assert [g.expected for g in guesses("share_right")] == [Fraction(1, n) for n in (3, 4, 5)]


@pytest.mark.parametrize("scheme", [*SCHEMES, *ATTEMPT_SCHEMES])
def test_every_scheme_has_a_page_with_its_formula_and_source(scheme: str) -> None:
    page = scheme_page(scheme)

    assert page.startswith(f"{scheme}: ")
    assert "Source: " in page
    assert all(len(line) <= 110 for line in page.splitlines())


@pytest.mark.parametrize("scheme", sorted(FITS["multiple_choice"]))
def test_a_page_shows_examples_and_what_guessing_earns(scheme: str) -> None:
    page = scheme_page(scheme)

    assert "  AB      AB       4\n" in page
    assert "tick nothing" in page
    assert "flip coins" in page


@pytest.mark.parametrize("scheme", [*SCHEMES, *ATTEMPT_SCHEMES])
def test_every_page_has_examples_that_reach_all_points_and_less(scheme: str) -> None:
    earned = [points for _, _, points in examples(scheme).rows]

    assert max(earned) == 4
    assert len(set(earned)) >= 2
    assert "\nExamples, " in scheme_page(scheme)


@pytest.mark.parametrize(
    ("scheme", "answered", "earned"),
    [
        ("pairs_in_order", "ABDC", Fraction(8, 3)),
        ("share_right", "3", Fraction(3)),
        ("per_option", "B", Fraction(2)),
        ("best_less_penalties", "0 1", Fraction(18, 5)),
        ("points_per_attempt", "0 1", Fraction(2)),
        ("sum_of_parts", "one right, one blank", Fraction(2)),
    ],
)
def test_an_example_is_what_the_formula_says(scheme: str, answered: str, earned: Fraction) -> None:
    assert [points for _, given, points in examples(scheme).rows if given == answered] == [earned]


@pytest.mark.parametrize(
    ("scheme", "expected"), [("best_less_penalties", "17/20"), ("points_per_attempt", "3/8")]
)
def test_trying_one_option_after_the_other_pays(scheme: str, expected: str) -> None:
    [guess] = [guess for guess in guesses(scheme) if guess.situation == "one of 4 options"]

    assert guess.expected == Fraction(expected)


@pytest.mark.parametrize(
    ("share", "shown"),
    [("1/3", "1/3 ≈ 0.3333"), ("3/16", "3/16 = 0.1875"), ("2", "2"), ("-1/2", "-1/2 = -0.5")],
)
def test_a_share_is_shown_as_it_is(share: str, shown: str) -> None:
    assert exact(Fraction(share)) == shown
