"""The expressions of authors: what they compute, what they refuse, and that nothing gets out of them."""

import ast
import contextlib
import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.quiz.expressions import MAX_LENGTH, evaluate, read_expression, rendered, whole_placeholder
from grader.quiz.functions import FUNCTIONS
from grader.quiz.values import ExpressionError, Value, checked, printed, typed, typed_within

NAMES: dict[str, Value] = {
    "n": 7,
    "k": 3,
    "p": Fraction(1, 2),
    "x": (1, -2, 3),
    "m": ((1, 2), (3, 4)),
    "w": "relu",
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/3 + 1/6", Fraction(1, 2)),
        ("0.1 + 0.2 == 0.3", True),
        ("(32 + 2*1 - k)//2 + 1", 16),
        ("-n % 3", 2),
        ("2**-2", Fraction(1, 4)),
        ("4**0.5", 2.0),
        ("sqrt(9/4)", Fraction(3, 2)),
        ("p*p", Fraction(1, 4)),
        ("1.5e3", 1500),
        ("relu(x)", (1, 0, 3)),
        ("abs(x)", (1, 2, 3)),
        ("x + [1, 1, 1]", (2, -1, 4)),
        ("2*x - 1", (1, -5, 5)),
        ("x[0] + x[-1]", 4),
        ("m[1][0]", 3),
        ("dot(x, x)", 14),
        ("matmul(m, [1, 1])", (3, 7)),
        ("matmul([1, 1], m)", (4, 6)),
        ("matmul(m, m)", ((7, 10), (15, 22))),
        ("transpose(m)", ((1, 3), (2, 4))),
        ("max(x)", 3),
        ("min(4, n, k)", 3),
        ("sum(range(1, 5))", 10),
        ("product([2, 3, 4])", 24),
        ("sorted([3, 1, 2])", (1, 2, 3)),
        ("argmax(x)", 2),
        ("len(x) + len(w)", 7),
        ("floor(7/2) + ceil(7/2)", 7),
        ("round(2.567, 2)", Fraction(257, 100)),
        ("1 < k <= 3 and not n == 3 or False", True),
        ("k in [1, 3] and 'el' in w", True),
        ("'a' if w == 'relu' else 'b'", "a"),
        ("1 if True else 1/0", 1),
        ("n > 0 or 1/0 > 0", True),
        ("fixed(2/3, 2)", "0.67"),
        ("fixed(0.125, 2)", "0.13"),
        ("fixed(-0.001, 2)", "0.00"),
        ("sig(1234.5, 2)", "1200"),
        ("sig(9.99, 2)", "10"),
        ("sig(0.00012345, 3)", "0.000123"),
        ("frac(-3/4)", r"-\frac{3}{4}"),
        ("frac(4/2)", "2"),
        ("power(0.0003)", r"3 \times 10^{-4}"),
        ("power(1000)", "10^{3}"),
        ("power(1/3, 3)", r"3.33 \times 10^{-1}"),
        ("tex(m)", r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"),
        ("tex([1, 0.5])", r"\begin{pmatrix} 1 \\ 0.5 \end{pmatrix}"),
        ("code(m)", "[[1, 2], [3, 4]]"),
        ("1 +\n  2", 3),
    ],
)
def test_an_expression_has_its_exact_value(text: str, value: Value) -> None:
    assert evaluate(text, NAMES) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("exp(1)", 2.718281828459045),
        ("log(n)", 1.9459101490553132),
        ("log2(8)", 3),
        ("log(10**400)", 921.0340371976183),
        ("tanh(0.5)", 0.46211715726000973),
        ("sigmoid(0)", 0.5),
        ("sigmoid(-800)", 0),
        ("softmax([1000, 1000])[0]", 0.5),
        ("2**0.5", 1.4142135623730951),
    ],
)
def test_other_functions_are_as_exact_as_floats(text: str, value: float) -> None:
    assert evaluate(text, NAMES) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "said", "column"),
    [
        ("", "nothing", 1),
        ("1 + * 2", "not an expression", 5),
        ("  n n", "not an expression", 5),
        ("kk", "Did you mean `k`?", 1),
        ("1 + spam", "no name `spam`", 5),
        ("flor(n)", "Did you mean `floor`?", 1),
        ("n.real", "an attribute", 1),
        ("().__class__", "an attribute", 1),
        ("[i for i in x]", "a comprehension", 1),
        ("lambda: 1", "`lambda`", 1),
        ("f'{n}'", "an f-string", 1),
        ("{1: 2}", "a mapping", 1),
        ("x[0:2]", "a slice", 3),
        ("x[7]", "3 entries", 1),
        ("n[0]", "only a list", 1),
        ("1/0", "divides by zero", 1),
        ("10**10**10", "exponents go up to", 1),
        ("2**400*2**400*2**400*2**400*2**400*2**400", "too large", 1),
        ("1e9999", "exponent is too large", 1),
        ("exp(1000)", "too large", 1),
        ("(-8)**(1/3)", "not a real number", 1),
        ("log(0)", "not positive", 1),
        ("sqrt(-1)", "negative", 1),
        ("range(10**8)", "more than 1000", 1),
        ("sum([])+max([])", "empty", 9),
        ("w*3", "a number is wanted", 1),
        ("x*w", "a number is wanted", 1),
        ("x + [1]", "3 and 1 entries", 1),
        ("matmul(m, x)", "do not meet", 1),
        ("transpose([[1], [2, 3]])", "differ in length", 1),
        ("w < 3", "have an order", 1),
        ("1 if n else 2", "a condition is wanted", 1),
        ("n & 1", "only + - *", 1),
        ("n is 7", "compare with", 1),
        ("exp", "is a function", 1),
        ("exp(1, 2)", "does not take", 1),
        ("exp(x=1)", "plain arguments", 1),
        ("1j", "only numbers", 1),
        ("b'x'", "only numbers", 1),
        ("None", "only numbers", 1),
        ("n" + " + n" * 200, "give parts of it names", 1),
        ("1" * (MAX_LENGTH + 1), "at most", 1),
        ("[[[[[1]]]]]", "nested more than", 1),
        ("μ + λ.x", "an attribute", 5),
        ("1\0", "not an expression", 1),
        ("\ud800", "not an expression", 1),
    ],
)
def test_what_is_refused_is_told_with_its_column(text: str, said: str, column: int) -> None:
    with pytest.raises(ExpressionError, match=r".") as caught:
        evaluate(text, NAMES)

    assert said in str(caught.value)
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("value", "text"),
    [(3, "3"), (Fraction(3, 8), "0.375"), (-0.5, "-0.5"), (2.0, "2"), ("a", "a"), (True, "true")],
)
def test_a_value_prints_in_the_shortest_exact_way(value: Value, text: str) -> None:
    assert printed(value) == text


@pytest.mark.parametrize("value", [Fraction(1, 3), 2**0.5, Fraction(1, 10**7), (1, 2)])
def test_a_value_without_a_short_form_asks_its_author(value: Value) -> None:
    with pytest.raises(ExpressionError, match=r"`fixed\(x, 2\)`|`tex"):
        printed(value)


def test_an_answer_is_typed_in_full() -> None:
    assert typed(Fraction(1, 3)) == "1/3"
    assert typed(2**0.5) == "1.4142135623730951"
    assert typed_within(Fraction(1, 3)) == "(1/3)"
    assert typed_within(-3) == "(-3)"
    assert typed_within(3) == "3"


def test_a_text_takes_the_values_of_its_placeholders() -> None:
    assert rendered("a {{ k }}×{{ k }} kernel, {{ k*k }} weights", NAMES) == "a 3×3 kernel, 9 weights"
    assert rendered(r"$2^{{{ k }}}$ and $\frac{1}{ {{n}} }$", NAMES) == r"$2^{3}$ and $\frac{1}{ 7 }$"
    assert rendered("$e^{x}$", NAMES) == "$e^{x}$"


def test_the_place_of_a_bad_placeholder_is_that_in_the_text() -> None:
    with pytest.raises(ExpressionError, match="`kk`") as caught:
        rendered("a {{ kk }}", NAMES)

    assert caught.value.column == 6


def test_a_text_that_is_one_placeholder_is_told_apart() -> None:
    assert whole_placeholder(" {{ k }} ") == " k "
    assert whole_placeholder("{{ k }}{{ k }}") is None


def test_the_names_of_an_expression_are_known() -> None:
    assert read_expression("relu(a)[i] + b").names == {"a", "i", "b"}


# --- laws --------------------------------------------------------------------------------------------------

fractions = st.fractions(max_denominator=1000).filter(lambda value: abs(value) < 10**6)


@given(fractions, fractions)
def test_arithmetic_is_that_of_fractions(a: Fraction, b: Fraction) -> None:
    names = {"a": checked(a), "b": checked(b)}
    assert evaluate("a + b", names) == a + b
    assert evaluate("a - b*a", names) == a - b * a
    if b:
        assert evaluate("a / b", names) == a / b
        assert evaluate("(a // b)*b + a % b", names) == a


@given(st.fractions().filter(lambda value: value.denominator in (1, 2, 4, 5, 8, 10, 100)))
def test_what_prints_reads_back_as_the_same_value(value: Fraction) -> None:
    assert Fraction(printed(checked(value))) == value


@given(fractions, st.integers(0, 6))
def test_fixed_is_off_by_half_a_unit_at_most(value: Fraction, places: int) -> None:
    shown = evaluate(f"fixed(a, {places})", {"a": checked(value)})
    assert isinstance(shown, str)
    assert abs(Fraction(shown) - value) <= Fraction(1, 2) / 10**places


# --- fuzz --------------------------------------------------------------------------------------------------

WORDS = [
    *FUNCTIONS,
    *NAMES,
    *(
        "0",
        "1",
        "2",
        "9",
        "9e9",
        "1e300",
        "0.5",
        "(",
        ")",
        "[",
        "]",
        ",",
        "+",
        "-",
        "*",
        "/",
        "//",
        "%",
        "**",
    ),
    *("<", "==", "in", "not", "and", "or", "if", "else", "'", ".", ":", "lambda"),
]
SECONDS = 5.0


def evaluates_or_refuses(text: str) -> None:
    start = time.process_time()
    value: Value = 0
    with contextlib.suppress(ExpressionError):
        value = evaluate(text, NAMES)
    assert isinstance(value, bool | int | Fraction | float | str | tuple)
    assert time.process_time() - start < SECONDS


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_evaluated_or_refused(text: str) -> None:
    evaluates_or_refuses(text)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_any_words_of_the_language_are_evaluated_or_refused(text: str) -> None:
    evaluates_or_refuses(text)


leaves = st.sampled_from(["n", "k", "p", "x", "m", "w", "0", "1", "0.5", "99999", "'t'"])
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(
            inner, st.sampled_from(["+", "-", "*", "/", "//", "%", "**", "<", "==", "in", "and"]), inner
        ).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), st.lists(inner, max_size=3)).map(
            lambda call: f"{call[0]}({', '.join(call[1])})"
        ),
        st.lists(inner, max_size=4).map(lambda entries: f"[{', '.join(entries)}]"),
        st.tuples(inner, inner).map(lambda pair: f"{pair[0]}[{pair[1]}]"),
        st.tuples(inner, inner, inner).map(lambda three: f"({three[0]} if {three[1]} else {three[2]})"),
    ),
    max_leaves=20,
)


@settings(max_examples=500, deadline=None)
@given(trees)
def test_any_expression_is_evaluated_or_refused(text: str) -> None:
    ast.parse(text, mode="eval")
    evaluates_or_refuses(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 300 + ")" * 300,
        "[" * 90 + "1" + "]" * 90,
        "-" * 900 + "1",
        "not " * 240 + "True",
        "**".join(["9"] * 100),
        "*".join(["9**500"] * 60),
        "+".join(["sum(range(999))"] * 60),
        "matmul(transpose([range(900)]), [range(900)])",
        "product(range(1, 999))",
        "sum([1/3, 1/7, 1/11])**500",
        "f(" * 200,
        "exp(" * 80 + "0" + ")" * 80,
        "round(1/3, 10**9)",
        "fixed(1/3, 10**9)",
        "sig(10**500, 3)",
        "tex([range(900)]) + tex([range(900)])",
    ],
)
def test_no_hostile_expression_takes_long(text: str) -> None:
    evaluates_or_refuses(text)


def test_lists_cannot_grow_through_names() -> None:
    wide: Value = (1,) * 900
    deep: Value = ((((1,),),),)

    with pytest.raises(ExpressionError, match="more than 1000 entries"):
        evaluate("[v, v]", {"v": wide})
    with pytest.raises(ExpressionError, match="nested more than 4 deep"):
        evaluate("[v]", {"v": deep})
