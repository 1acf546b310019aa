"""Typed answers held against the author's: right, wrong with a reason, or not marked."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model.answer import Answer, NearMiss, NumberAnswer, ShapeAnswer, TextAnswer, Tolerance
from grader.model.item import ShortAnswer
from grader.quiz.answers import check_answer, miss_text, shown_answer
from grader.quiz.shapes import read_shape


def item(answer: Answer, *misses: NearMiss) -> ShortAnswer:
    return ShortAnswer(
        id="an-item",
        stem="How many?",
        explanation="So many.",
        difficulty=1,
        type="short_answer",
        answer=answer,
        near_misses=misses,
    )


def number(
    text: str, *, absolute: float | None = None, relative: float | None = None, figures: int | None = None
) -> ShortAnswer:
    bounds = Tolerance(absolute, relative, figures)
    return item(NumberAnswer(text, None if bounds == Tolerance() else bounds))


# Numbers.


@pytest.mark.parametrize(
    ("answer", "typed", "correct"),
    [
        (number("260"), "10*1*5*5+10", True),
        (number("260"), "10x1x5x5 + 10", True),
        (number("260"), "260.0", True),
        (number("260"), "261", False),
        (number("2/3"), r"\frac{2}{3}", True),
        (number("2/3"), "0.667", False),
        (number("sqrt(45)"), "3*sqrt(5)", True),
        (number("0"), "0.0", True),
        (number("0"), "1e-15", False),
        (number("1.0", absolute=0.1), "1.1", True),
        (number("1.0", absolute=0.1), "0.9", True),
        (number("1.0", absolute=0.1), "1.1000001", False),
        (number("-4", relative=0.01), "-4.04", True),
        (number("-4", relative=0.01), "-4.05", False),
        (number("1e-16", relative=0.01), "1e-16", True),
        (number("1e-16", relative=0.01), "0", False),
        (number("1e-16", relative=0.01), "2e-16", False),
        (number("exp(-40)"), "0", False),
        (number("6.7082", figures=3), "6.71", True),
        (number("6.7082", figures=3), "6.708", True),
        (number("6.7082", figures=3), "sqrt(45)", True),
        (number("6.7082", figures=3), "6.70", False),
        (number("6.7082", figures=3), "6.7", False),
        (number("0.50", figures=2), "0.50", True),
        (number("0.50", figures=2), ".5", False),
        (number("0.50", figures=2), "1/2", True),
        (number("9.996", figures=3), "10.0", True),
        (number("1200", figures=2), "1200", True),
        (number("0.000123", figures=2), "1.2e-4", True),
    ],
)
def test_a_number_is_right_within_its_tolerance(answer: ShortAnswer, typed: str, correct: bool) -> None:
    assert check_answer(answer, typed).correct is correct


@pytest.mark.parametrize("typed", ["", "  ", "abc", "1/0", "0,5", "9^9^9", "__import__('os')", "x" * 5000])
def test_a_slip_in_syntax_is_not_marked(typed: str) -> None:
    check = check_answer(number("5"), typed)

    assert check.correct is None
    assert check.feedback
    assert len(check.feedback) < 200


@pytest.mark.parametrize(
    ("answer", "typed", "said"),
    [
        (number("6.7082", figures=3), "6.7", "right, with 2 of 3 significant figures"),
        (number("5"), "-5", "sign"),
        (number("0.25"), "25", "percentage"),
        (number("0.2"), "5", "upside down"),
        (number("3.14159", relative=1e-4), "3.14", "right, with too few significant figures: 3"),
        (number("3.14159", relative=1e-4), "3.15", "rounded"),
        (number("5"), "7", "not the number"),
    ],
)
def test_a_wrong_number_gets_a_reason(answer: ShortAnswer, typed: str, said: str) -> None:
    check = check_answer(answer, typed)

    assert check.correct is False
    assert said in check.feedback


@pytest.mark.parametrize("typed", ["5", "5 MB", "5mb", "10/2 MB"])
def test_the_unit_may_stand_behind_the_number(typed: str) -> None:
    assert check_answer(item(NumberAnswer("5", unit="MB")), typed).correct is True


def test_the_same_quantity_in_another_unit_is_right() -> None:
    assert check_answer(item(NumberAnswer("5", unit="MB")), "5000 kB").correct is True


def test_the_right_number_in_a_wrong_unit_is_told_apart() -> None:
    check = check_answer(item(NumberAnswer("5", unit="MB")), "5 kB")

    assert check.correct is False
    assert "The number is right, the unit is not" in check.feedback


def test_an_unknown_unit_is_not_marked_and_told() -> None:
    check = check_answer(item(NumberAnswer("5", unit="MB")), "5 apples")

    assert check.correct is None
    assert "`apples` is not known as a unit. The answer is a number in MB" in check.feedback


@pytest.mark.parametrize("typed", ["1e400", "-1e400", "1e-400", "1e300*1e300", "99^99"])
@pytest.mark.parametrize(
    "bounds", [None, Tolerance(absolute=0.5), Tolerance(relative=0.5), Tolerance(figures=3)]
)
def test_no_size_of_number_is_too_much(typed: str, bounds: Tolerance | None) -> None:
    assert check_answer(item(NumberAnswer("2/3", bounds)), typed).correct is False


# Near misses.


@pytest.mark.parametrize(
    ("answer", "miss", "typed"),
    [
        (NumberAnswer("16"), NearMiss("Both?", number="8*1"), "4+4"),
        (ShapeAnswer((3, 4)), NearMiss("Both?", shape=(4, 3)), "4x3"),
        (TextAnswer("batch norm"), NearMiss("Both?", text="layer norm"), "Layer-Norm"),
    ],
)
def test_a_near_miss_gets_its_own_feedback(answer: Answer, miss: NearMiss, typed: str) -> None:
    check = check_answer(item(answer, miss), typed)

    assert check.correct is False
    assert check.feedback == "Both?"


# Shapes.


@pytest.mark.parametrize(
    "typed",
    [
        "32x32x10",
        "32X32X10",
        "32×32×10",
        "32*32*10",
        "32 x 32 x 10",
        "(32, 32, 10)",
        "(32,32,10,)",
        "[32, 32, 10]",
        "32 32 10",
        "32,32,10",
        "32 by 32 by 10",
        r"$32 \times 32 \times 10$",
    ],
)
def test_a_shape_may_be_written_in_many_ways(typed: str) -> None:
    assert read_shape(typed) == (32, 32, 10)


@pytest.mark.parametrize(
    "typed",
    ["", "()", "N x 3", "3x", "x3", "3xx4", "3,,4", "-3x4", "3.5x4", "1,000", "٣x4", "9" * 300, "1 " * 90],
)
def test_what_is_no_shape_is_not_marked(typed: str) -> None:
    assert read_shape(typed) is None
    assert check_answer(item(ShapeAnswer((3, 4))), typed).correct is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("32x3x32", "their order"),
        ("3x32", "3 axes, yours 2"),
        ("3x32x16", "2 of the 3 sizes"),
    ],
)
def test_a_wrong_shape_gets_a_reason(typed: str, said: str) -> None:
    check = check_answer(item(ShapeAnswer((3, 32, 32))), typed)

    assert check.correct is False
    assert said in check.feedback


def test_a_vector_needs_no_comma() -> None:
    for typed in ("10", "(10,)", "[10]"):
        assert check_answer(item(ShapeAnswer((10,))), typed).correct is True


# Words.


@pytest.mark.parametrize(
    "typed",
    [
        "batch norm",
        "Batch Norm",
        "batchnorm",
        "batch-norm",
        "  the  batch   norm. ",
        "BATCH\u2011NORM",
        "ｂatch norm",
    ],
)
def test_a_word_is_right_however_it_is_set(typed: str) -> None:
    assert check_answer(item(TextAnswer("batch norm")), typed).correct is True


def test_other_accepted_wordings_are_right() -> None:
    answer = item(TextAnswer("batch norm", ("batch normalization",)))

    assert check_answer(answer, "Batch Normalization").correct is True
    assert check_answer(answer, "layer norm").correct is False


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (NumberAnswer("5", unit="MB"), "5 MB"),
        (NumberAnswer("0.50"), "0.50"),
        (NumberAnswer("0.671088640000"), "0.67108864"),
        (NumberAnswer("0.88079707797788"), "0.880797"),
        (NumberAnswer("1.000000"), "1"),
        (NumberAnswer("3/1"), "3"),
        (NumberAnswer("2/8"), "2/8"),
        (NumberAnswer("7000000"), "7000000"),
        (ShapeAnswer((3,)), "(3,)"),
        (TextAnswer("yes", ("no",)), "yes"),
    ],
)
def test_a_solution_shows_the_answer(answer: Answer, shown: str) -> None:
    assert shown_answer(item(answer)) == shown


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        ("number", "0.25000000", "0.25"),
        ("number", "1/3", "1/3"),
        ("shape", (64,), "(64,)"),
        ("shape", (8, 10), "(8, 10)"),
        ("formula", "1.0000000*x", "1.0000000*x"),
    ],
)
def test_a_near_miss_is_shown_as_an_answer_is(kind: str, typed: Any, shown: str) -> None:
    assert miss_text(NearMiss("That is another one.", **{kind: typed}), kind) == shown


ANSWERS = [NumberAnswer("2/3", bounds) for bounds in (None, Tolerance(relative=0.1), Tolerance(figures=3))]


@given(st.text(max_size=250), st.sampled_from([*ANSWERS, ShapeAnswer((3, 4)), TextAnswer("a word")]))
@settings(max_examples=300)
def test_any_text_gets_an_answer(typed: str, answer: Answer) -> None:
    check = check_answer(item(answer), typed)

    assert check.correct or check.feedback
