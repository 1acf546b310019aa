"""The laws of comparing formulas: what is the same in another notation is the same, what differs is not."""

import ast
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model.answer import Domain, FormulaAnswer, MatrixFormulaAnswer
from grader.quiz.answers import check_answer
from grader.quiz.comparison import Values, Verdict, compared
from grader.quiz.formula import SPOKEN
from grader.quiz.glyphs import NotationError, canonical
from grader.quiz.notation import Vocabulary, read_formula
from grader.quiz.units import apart, factors, unit_of

DOMAINS = {"x": Domain(-2, 2), "y": Domain(0.5, 3)}
WORDS = Vocabulary(("x", "y", "x_1", "lambda", "Wx"), SPOKEN)
ARRAYS = Vocabulary(("W", "x", "y"), {"exp": "exp", "norm": "norm"}, ("e", "pi", "I"), matrices=True)


def read(text: str, words: Vocabulary = WORDS) -> str:
    return ast.unparse(ast.fix_missing_locations(read_formula(text, words)))


class TestNotation:
    @pytest.mark.parametrize(
        ("typed", "tree"),
        [
            ("2xy", "2.0 * x * y"),
            ("x²y", "x ** 2.0 * y"),
            ("x^2y", "x ** 2.0 * y"),
            ("x^-2", "x ** (-2.0)"),
            ("x^y^2", "x ** y ** 2.0"),
            ("-x^2", "-x ** 2.0"),
            (r"\frac12 x", "1.0 / 2.0 * x"),
            (r"\frac{x}{y}", "x / y"),
            (r"\sqrt[3]{x}", "x ** (1.0 / 3.0)"),
            ("√x + √(y)", "sqrt(x) + sqrt(y)"),
            ("|x||y|", "abs(x) * abs(y)"),
            ("||x|-2|", "abs(abs(x) - 2.0)"),
            ("ln 2x + 1", "ln(2.0 * x) + 1.0"),
            ("sin x cos y", "sin(x) * cos(y)"),
            (r"\tanh^2(x)", "tanh(x) ** 2.0"),
            ("exp -x", "exp(-x)"),
            (r"\mathrm{ReLU}(x)", "relu(x)"),
            ("x_1 + x₁ + x_{1} + x1", "x_1 + x_1 + x_1 + x_1"),
            (r"\lambda x + λx", "lambda * x + lambda * x"),
            ("Wx", "Wx"),
            ("f(x, y) = x − y", "x - y"),
            ("max(x, y)", "max(x, y)"),
            ("𝑥·𝑦", "x * y"),
            ("2e3x", "2000.0 * x"),
            ("2e^x", "2.0 * e ** x"),
        ],
    )
    def test_a_formula_is_read_as_it_is_meant(self, typed: str, tree: str) -> None:
        assert read(typed) == tree

    @pytest.mark.parametrize(
        ("typed", "tree"),
        [
            ("W^Tx", "transpose(W) * x"),
            ("W'x", "transpose(W) * x"),
            ("WᵀWx", "transpose(W) * W * x"),
            ("(Wx)^{\\top}", "transpose(W * x)"),
            ("1/2 W x", "1.0 / 2.0 * W * x"),
            ("x ⊙ y + x.*y", "x @ y + x @ y"),
            ("‖x‖^2", "norm(x) ** 2.0"),
            ("W^{-1}", "W ** (-1.0)"),
        ],
    )
    def test_a_formula_in_arrays_is_read_as_it_is_meant(self, typed: str, tree: str) -> None:
        assert read(typed, ARRAYS) == tree

    @pytest.mark.parametrize("typed", ["x/2y", "1/2 x", "e^2x", "x/y x", "2/3(x)"])
    def test_what_can_be_read_in_two_ways_is_asked_back(self, typed: str) -> None:
        with pytest.raises(NotationError, match="two ways"):
            read(typed)

    @pytest.mark.parametrize(
        ("one", "other"),
        [("x_{1}", "x1"), (r"\alpha", "α"), ("ŷ", "yhat"), (r"\hat{y}", "yhat"), ("W_1", "W1")],
    )
    def test_a_name_is_one_however_it_is_written(self, one: str, other: str) -> None:
        assert canonical(one) == canonical(other)


# --- the same in another notation --------------------------------------------------------------------------

LEAVES = ["x", "y", "2", "0.5", "3"]


def _joined(parts: tuple[str, str, str]) -> str:
    left, operator, right = parts
    return f"({left} {operator} {right})"


formulas = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(_joined),
        inner.map(lambda text: f"tanh({text})"),
        inner.map(lambda text: f"({text})^2"),
        inner.map(lambda text: f"(({text})/y)"),
    ),
    max_leaves=8,
)


def outcome(formula: str, typed: str) -> bool | None:
    return check_answer(FormulaAnswer(formula, DOMAINS), typed).correct


@settings(max_examples=150, deadline=None)
@given(formulas)
def test_a_formula_is_itself(formula: str) -> None:
    assert outcome(formula, formula) is True


@settings(max_examples=150, deadline=None)
@given(formulas, formulas)
def test_sums_and_products_may_change_places(one: str, other: str) -> None:
    assert outcome(f"{one} + {other}", f"{other} + {one}") is not False
    assert outcome(f"{one} * {other}", f"{other} {one}") is not False


@settings(max_examples=150, deadline=None)
@given(formulas, formulas)
def test_what_is_wrong_by_one_is_never_right(one: str, other: str) -> None:
    assert outcome(f"{one} + {other}", f"{one} + {other} + 1") is not True


@settings(max_examples=100, deadline=None)
@given(formulas)
def test_the_signs_of_python_tex_and_unicode_are_one(formula: str) -> None:
    assert outcome(formula, formula.replace("^", "**")) is True
    assert outcome(formula, formula.replace("*", "·").replace("-", "−").replace("^2", "²")) is True
    assert outcome(formula, f"${formula.replace('*', chr(92) + 'cdot ')}$") is True


arrays = st.recursive(
    st.sampled_from(["W", "V"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "⊙"]), inner).map(_joined),
        inner.map(lambda text: f"({text})^T^T"),
        inner.map(lambda text: f"2({text})"),
        inner.map(lambda text: f"tanh({text})"),
        inner.map(lambda text: f"({text}) S"),
    ),
    max_leaves=6,
)
MATRICES: dict[str, tuple[int | str, ...]] = {"W": ("m", "n"), "V": ("m", "n"), "S": ("n", "n")}


@settings(max_examples=100, deadline=None)
@given(arrays, arrays)
def test_the_laws_of_matrices_hold(one: str, other: str) -> None:
    def same(formula: str, typed: str) -> bool | None:
        return check_answer(MatrixFormulaAnswer(formula, MATRICES), typed).correct

    assert same(one, one) is True
    assert same(f"{one} + {other}", f"{other} + {one}") is not False
    assert same(f"({one})^T ({other})", f"(({other})^T ({one}))^T") is not False
    assert same(f"({one})^T ({other})", f"({one}) ({other})^T") is False
    assert same(one, f"{one} + 1") is not True


# --- deciding ----------------------------------------------------------------------------------------------


def values(entries: list[float], *, scale: float = 1.0, lost: bool = False) -> Values:
    array = np.array(entries)
    return Values(array, np.full(array.shape, lost), np.full(array.shape, scale))


@pytest.mark.parametrize(
    ("given_values", "wanted", "verdict"),
    [
        (values([1.0] * 12), values([1.0] * 12), Verdict.SAME),
        (values([1.0 + 1e-12] * 12), values([1.0] * 12), Verdict.SAME),
        (values([1.0] * 11), values([1.0] * 11), Verdict.UNDECIDED),
        (values([1.0] * 11 + [np.nan]), values([1.0] * 11 + [np.nan]), Verdict.UNDECIDED),
        (values([1.0] * 12 + [np.nan]), values([1.0] * 12 + [np.nan]), Verdict.SAME),
        (values([1.0] * 12 + [np.nan]), values([1.0] * 13), Verdict.NO_VALUE),
        (values([1.0] * 13), values([1.0] * 12 + [np.nan]), Verdict.EXTRA_VALUE),
        (values([1.0 + 1e-6] * 12), values([1.0] * 12), Verdict.UNDECIDED),
        (values([1.0 + 1e-3] * 11 + [1.0]), values([1.0] * 12), Verdict.DIFFERENT),
        (values([-1.0] * 12), values([1.0] * 12), Verdict.OTHER_SIGN),
        (values([3.0] * 12), values([1.0] * 12), Verdict.OTHER_FACTOR),
        (values([2.0] * 13), values([1.0] * 6 + [1.5] * 6 + [np.nan]), Verdict.DIFFERENT),
        (values([0.0] * 12), values([0.0] * 12), Verdict.SAME),
        (values([1e-13] * 12), values([0.0] * 12), Verdict.UNDECIDED),
        (values([0.1] * 12), values([0.0] * 12), Verdict.DIFFERENT),
        (values([1.0] * 12, scale=1e12), values([1.5] * 12), Verdict.UNDECIDED),
        (values([9.0] * 12, lost=True), values([1.0] * 12), Verdict.UNDECIDED),
        (values([1e-200] * 12, scale=0), values([2e-200] * 12, scale=0), Verdict.OTHER_FACTOR),
    ],
)
def test_values_decide_as_far_as_they_can(given_values: Values, wanted: Values, verdict: Verdict) -> None:
    assert compared(given_values, wanted, 12).verdict is verdict


def test_a_value_where_the_answer_has_none_is_for_a_person_to_judge() -> None:
    ratio = FormulaAnswer("(x^2 - x)/x", {"x": Domain(-20, 20, True)})

    check = check_answer(ratio, "x - 1")

    assert (check.correct, check.undecided) == (None, True)
    assert "has a value at x = 0, where the answer has none" in check.feedback


# --- units -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number", "unit"),
    [
        ("5 MB", "5", "MB"),
        ("5MB.", "5", "MB"),
        ("$5\\,\\text{MB}$", "$5", "MB"),
        ("1.5e3 kB", "1.5e3", "kB"),
        ("(2+3) GFLOPs", "(2+3)", "GFLOPs"),
        ("5", "5", ""),
        ("50%", "50", "%"),
    ],
)
def test_a_unit_is_told_from_its_number(typed: str, number: str, unit: str) -> None:
    assert apart(typed, "%") == (number, unit)


@pytest.mark.parametrize(
    ("given_unit", "due", "ratios"),
    [
        ("kB", "MB", {Fraction(1, 1000), Fraction(1, 1024)}),
        ("KiB", "MiB", {Fraction(1, 1024)}),
        ("ms", "s", {Fraction(1, 1000)}),
        ("minutes", "s", {Fraction(60)}),
        ("bytes", "KB", {Fraction(1, 1000), Fraction(1, 1024)}),
        ("ms", "MB", set()),
        ("apples", "MB", set()),
    ],
)
def test_units_of_one_measure_compare(given_unit: str, due: str, ratios: set[Fraction]) -> None:
    assert set(factors(given_unit, due)) == ratios


def test_a_kilobyte_has_two_sizes_and_a_kibibyte_one() -> None:
    kilobyte, kibibyte = unit_of("KB"), unit_of("KiB")

    assert kilobyte is not None
    assert kibibyte is not None
    assert set(kilobyte.sizes) == {Fraction(1000), Fraction(1024)}
    assert set(kibibyte.sizes) == {Fraction(1024)}
