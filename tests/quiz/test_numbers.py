"""Numbers as people type them, and everything that is not one."""

import math
import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.quiz.numbers import MAX_BITS, MAX_LENGTH, NotANumberError, read_number


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("5", 5),
        ("+3", 3),
        ("-2", -2),
        ("−2", -2),
        ("0.1", Fraction(1, 10)),
        (".823", Fraction(823, 1000)),
        ("1e-3", Fraction(1, 1000)),
        ("1.5E3", 1500),
        ("2/3", Fraction(2, 3)),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("1,000", 1000),
        ("1,000,000.5", Fraction(2000001, 2)),
        ("1 000", 1000),
        ("10*1*5*5+10", 260),
        ("10x1x5x5 + 10", 260),
        ("10 x 1 X 5", 50),
        ("10×1×5×5", 250),
        ("10·5⋅2", 100),
        ("(3 + 4)*2", 14),
        ("2(3 + 4)", 14),
        ("(2)(3)", 6),
        ("6÷4", Fraction(3, 2)),
        ("2^10", 1024),
        ("2**10", 1024),
        ("2^-2", Fraction(1, 4)),
        ("-2^2", -4),
        ("10⁻³", Fraction(1, 1000)),
        ("3.5×10²", 350),
        ("50%", Fraction(1, 2)),
        ("= 5", 5),
        ("１２", 12),
        ("$5$", 5),
        (r"$$\frac{2}{3}$$", Fraction(2, 3)),
        (r"\frac{\frac{1}{2}}{3}", Fraction(1, 6)),
        (r"10 \cdot 5 \times 2", 100),
        (r"2^{10}", 1024),
        (r"\left(1 + 2\right) \cdot 3", 9),
    ],
)
def test_a_number_is_read_exactly(typed: str, value: int | Fraction) -> None:
    read = read_number(typed).value

    assert isinstance(read, Fraction)
    assert read == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("sqrt(45)", math.sqrt(45)),
        (r"\sqrt{45}", math.sqrt(45)),
        ("√45", math.sqrt(45)),
        ("3sqrt(5)", 3 * math.sqrt(5)),
        ("ln 2", math.log(2)),
        (r"\ln 10", math.log(10)),
        ("-ln(0.1)", math.log(10)),
        ("exp(-1)", math.exp(-1)),
        ("e^2", math.e**2),
        ("2pi", 2 * math.pi),
        ("2 x pi", 2 * math.pi),
        ("π/4", math.pi / 4),
        ("0.9^0.5", math.sqrt(0.9)),
    ],
)
def test_roots_and_logarithms_are_read(typed: str, value: float) -> None:
    assert read_number(typed).value == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("typed", "figures"),
    [
        ("0.50", 2),
        ("0.050", 2),
        ("-1.20", 3),
        ("100", 3),
        ("1e3", 1),
        ("1.00e3", 3),
        ("0", 1),
        ("1,234", 4),
        ("1/2", None),
        ("2*3", None),
        ("pi", None),
    ],
)
def test_significant_figures_are_those_typed(typed: str, figures: int | None) -> None:
    assert read_number(typed).figures == figures


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "nothing"),
        ("   ", "nothing"),
        ("about 5", "`about`"),
        ("5 apples", "`apples`"),
        ("x", "`x`"),
        ("0,5", "decimal sign is a point"),
        ("3 4", ""),
        ("2 +", ""),
        ("(2", ""),
        ("2)", ""),
        ("1.2.3", ""),
        ("1/0", "divides by zero"),
        ("0^-1", "divides by zero"),
        ("sqrt(-1)", "no value"),
        ("ln(0)", "no value"),
        ("(-8)^(1/3)", "not a real number"),
        ("exp(1000)", "too large"),
        ("9^9^9", "exponent is too large"),
        ("2^(10^300)", "exponent is too large"),
        ("1e999999999", "exponent is too large"),
        ("1e400*1e400*1e400*1e400", "too large"),
        ("7//2", ""),
        ("7 % 2", "`%`"),
        ("5 > 3", "`>`"),
        ("nan", "`nan`"),
        ("inf", "`inf`"),
        ("True", "`True`"),
        ("1j", "`j`"),
        ("'a'*9", "`'`"),
        ("[1][0]", "`[`"),
        ("lambda: 1", "`lambda`"),
        ("__import__('os')", "`__import__`"),
        ("(1).real", "`.`"),
        ("pi.real", "`.`"),
        ("sqrt", ""),
        ("sqrt()", ""),
        ("sqrt(1)(", ""),
        ("e(2)", ""),
        ("1\0", ""),
        ("½", "`½`"),
        ("1" * (MAX_LENGTH + 1), "longer than"),
        ("-" * 150 + "1", ""),
        ("(" * 100 + ")" * 100, ""),
    ],
)
def test_what_is_no_number_is_told_apart(typed: str, said: str) -> None:
    with pytest.raises(NotANumberError) as caught:
        read_number(typed)
    assert said in str(caught.value)


PIECES = "0123456789.,+-*/^()[]{}$%eExX×·−√ \\_'\"²⁻π~=:;<>\0é٣"
WORDS = [
    "sqrt",
    "ln",
    "exp",
    "pi",
    "**",
    "1e400",
    "1e-400",
    "9**9",
    r"\frac{",
    "}{",
    r"\sqrt{",
    "^{",
    "if",
    "()",
]


@given(st.lists(st.sampled_from([*PIECES, *WORDS]), max_size=60).map("".join))
@settings(max_examples=500)
def test_nothing_typed_takes_long_or_much(typed: str) -> None:
    started = time.process_time()
    try:
        value = read_number(typed).value
    except NotANumberError:
        return
    finally:
        assert time.process_time() - started < 1
    if isinstance(value, float):
        assert math.isfinite(value)
    else:
        assert value.numerator.bit_length() <= MAX_BITS


@given(st.fractions(max_denominator=10**6))
def test_every_fraction_is_read_as_itself(value: Fraction) -> None:
    assert read_number(f"{value.numerator}/{value.denominator}").value == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_decimal_is_read_as_it_is_written(value: float) -> None:
    assert read_number(repr(value)).value == Fraction(repr(value))
