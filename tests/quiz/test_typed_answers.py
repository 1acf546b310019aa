"""A hundred and more answers as people type them, clumsy and hostile, each with what is to come of it.

`R` is right, `W` wrong, `N` not read (told, not marked, costs nothing), `P` for a person to decide.
"""

import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model.answer import (
    Answer,
    Domain,
    FormulaAnswer,
    MatrixFormulaAnswer,
    NearMiss,
    NumberAnswer,
    ShapeAnswer,
    TextAnswer,
    Tolerance,
)
from grader.model.item import ShortAnswer
from grader.quiz.answers import check_answer, shown_answer
from grader.quiz.outcome import AnswerCheck

COUNT = NumberAnswer("10*5*5 + 10")
THIRD = NumberAnswer("1/3")
ABOUT = NumberAnswer("0.6931", Tolerance(relative=0.01))
FIGURES = NumberAnswer("6.7082", Tolerance(figures=3))
MEMORY = NumberAnswer("2", unit="MB")
TIME = NumberAnswer("0.5", Tolerance(relative=0.01), unit="s")
SHARE = NumberAnswer("50", unit="%")
SHAPE = ShapeAnswer((8, 3, 32, 32))
SLOPE = FormulaAnswer("exp(x)/(1 + exp(x))^2", {"x": Domain(-3, 3)})
LOSS = FormulaAnswer("-ln(p)", {"p": Domain(0.01, 1)})
OUT = FormulaAnswer("(n + 2p - k)/s + 1", {name: Domain(1, 9, True) for name in "npks"})
STEP = FormulaAnswer("w - alpha*g", {"w": Domain(-1, 1), "alpha": Domain(0, 1), "g": Domain(-1, 1)})
GRADIENT = MatrixFormulaAnswer("W^T (W x - y)", {"W": ("m", "n"), "x": ("n",), "y": ("m",)})
OUTER = MatrixFormulaAnswer("(W x - y) x^T", {"W": ("m", "n"), "x": ("n",), "y": ("m",)})
RIDGE = MatrixFormulaAnswer("(X^T X + λ I)^{-1} X^T y", {"X": ("N", "D"), "y": ("N",), "λ": ()})
GATE = MatrixFormulaAnswer("σ(z) ⊙ (1 - σ(z))", {"z": ("n",)})
ENERGY = MatrixFormulaAnswer("‖W x - y‖^2", {"W": ("m", "n"), "x": ("n",), "y": ("m",)})
NAME = TextAnswer("backpropagation", ("backprop",), ("reverse[- ]mode( automatic)? differentiation",))

TABLE: list[tuple[Answer, str, str, str]] = [
    # numbers: arithmetic and notation
    (COUNT, "260", "R", ""),
    (COUNT, " 260. ", "R", ""),
    (COUNT, "10*(5*5+1)", "R", ""),
    (COUNT, "10 x (5 x 5 + 1)", "R", ""),
    (COUNT, "2.6e2", "R", ""),
    (COUNT, "2.6 × 10²", "R", ""),
    (COUNT, r"$10 \cdot 26$", "R", ""),
    (COUNT, "２６０", "R", ""),
    (COUNT, "= 260", "R", ""),
    (COUNT, "250", "W", "not the number"),
    (COUNT, "261", "W", "close"),
    (COUNT, "-260", "W", "sign"),
    (COUNT, "1/260", "W", "upside down"),
    (COUNT, "26000", "W", "percentage"),
    (COUNT, "0", "W", "not the number"),
    (COUNT, "260 parameters", "N", "`parameters` is not known"),
    (COUNT, "two hundred sixty", "N", "`two`"),
    (COUNT, "260,0", "N", "the decimal sign is a point"),
    (COUNT, "2 6 0", "N", ""),
    (COUNT, "260 or 250", "N", "`or`"),
    (COUNT, "?", "N", "`?` is not known"),
    (COUNT, "   ", "N", "nothing to mark"),
    (COUNT, "260!", "N", ""),
    (COUNT, "NaN", "N", ""),
    (COUNT, "inf", "N", ""),
    (COUNT, "9**9**9**9", "N", "exponent is too large"),
    (COUNT, "10^10^10", "N", "exponent is too large"),
    (COUNT, "(" * 100 + "260" + ")" * 100, "N", ""),
    (COUNT, "2" * 5000, "N", "longer than"),
    (COUNT, "__import__('os').system('true')", "N", "`__import__` is not known"),
    (COUNT, "().__class__.__base__", "N", "not known"),
    (COUNT, "open('/etc/passwd')", "N", "`open` is not known"),
    (COUNT, "260\x00", "N", ""),
    (COUNT, "\ud800", "N", ""),
    (THIRD, r"\frac{1}{3}", "R", ""),
    (THIRD, "2/6", "R", ""),
    (THIRD, "33.3%", "W", "close"),
    (THIRD, "0.33", "W", "right, with too few significant figures: 2"),
    (ABOUT, "ln 2", "R", ""),
    (ABOUT, ".69", "R", ""),
    (ABOUT, "0.7", "R", ""),
    (ABOUT, "0.71", "W", "not the number"),
    (ABOUT, "1/0", "N", "divides by zero"),
    (ABOUT, "ln(0)", "N", "no value"),
    (FIGURES, "6.71", "R", ""),
    (FIGURES, "3*sqrt(5)", "R", ""),
    (FIGURES, "6.7", "W", "right, with 2 of 3 significant figures"),
    (FIGURES, "6.72", "W", "close"),
    # numbers with units
    (MEMORY, "2", "R", ""),
    (MEMORY, "2MB", "R", ""),
    (MEMORY, "2 mb", "R", ""),
    (MEMORY, "2 megabytes", "R", ""),
    (MEMORY, "2000 kB", "R", ""),
    (MEMORY, "2048 KB", "R", ""),
    (MEMORY, "2 KB", "W", "The number is right, the unit is not: the answer is in MB, yours in KB"),
    (MEMORY, "2 seconds", "W", "the unit is not"),
    (MEMORY, "3 ms", "W", "The answer is in MB, yours in ms"),
    (MEMORY, "3 MB", "W", "not the number"),
    (MEMORY, "2 bananas", "N", "`bananas` is not known as a unit. The answer is a number in MB"),
    (MEMORY, "MB", "N", "a number in MB"),
    (MEMORY, "2 MB or so", "N", ""),
    (SHARE, "50", "R", ""),
    (SHARE, "50%", "R", ""),
    (SHARE, r"$50\%$", "R", ""),
    (SHARE, "50 percent", "R", ""),
    (SHARE, "0.5", "W", "a fraction or a percentage"),
    (SHARE, "%", "N", "`%` was not marked: there is nothing to read. The answer is a number in %"),
    (TIME, "500 ms", "R", ""),
    (TIME, r"0.5\,\text{s}", "R", ""),
    (TIME, "0.5 sec", "R", ""),
    (TIME, "0.5 ms", "W", "the unit is not"),
    # shapes
    (SHAPE, "8x3x32x32", "R", ""),
    (SHAPE, "(8, 3, 32, 32)", "R", ""),
    (SHAPE, "[8 3 32 32]", "R", ""),
    (SHAPE, "8×3×32×32", "R", ""),
    (SHAPE, r"$8 \times 3 \times 32 \times 32$", "R", ""),
    (SHAPE, "8 by 3 by 32 by 32", "R", ""),
    (SHAPE, "8x32x32x3", "W", "order"),
    (SHAPE, "3x32x32", "W", "4 axes, yours 3"),
    (SHAPE, "8x3x30x30", "W", "2 of the 4 sizes"),
    (SHAPE, "8, 3, n, n", "N", "write a shape"),
    (SHAPE, "-8x3x32x32", "N", "write a shape"),
    (SHAPE, "x".join(["8"] * 60), "N", "write a shape"),
    (SHAPE, "torch.Size([8, 3, 32, 32])", "N", "write a shape"),
    # formulas
    (SLOPE, "σ(x)(1 - σ(x))", "R", ""),
    (SLOPE, r"\sigma(x)\left(1-\sigma(x)\right)", "R", ""),
    (SLOPE, r"\frac{e^{-x}}{(1+e^{-x})^2}", "R", ""),
    (SLOPE, "np.exp(x)/(1+np.exp(x))**2", "R", ""),
    (SLOPE, "e^x/(1+e^x)²", "R", ""),
    (SLOPE, "1/(2 + 2cosh x)", "R", ""),
    (SLOPE, "(1 - tanh²(x/2))/4", "R", ""),
    (SLOPE, "f(x) = sigmoid(x) - sigmoid(x)^2", "R", ""),
    (SLOPE, "exp(x)/(1+exp(x))", "W", "another function"),
    (SLOPE, "-exp(x)/(1+exp(x))^2", "W", "up to the sign"),
    (SLOPE, "2exp(x)/(1+exp(x))^2", "W", "constant factor"),
    (SLOPE, "ln(x)", "W", "no value at x ="),
    (SLOPE, "0.25", "W", "another function"),
    (SLOPE, "exp(t)/(1+exp(t))^2", "N", "`t` is not known here; the variables are `x`"),
    (SLOPE, "exp(x)/(1+exp(x)^2", "N", "a `)` is missing at its end"),
    (SLOPE, "exp(x)/(1+exp(x)))^2", "N", "one too many: `)`"),
    (SLOPE, "x^2 = 4", "N", "write the formula alone"),
    (SLOPE, "1/2x", "N", "can be read in two ways"),
    (SLOPE, "e^2x", "N", "can be read in two ways"),
    (SLOPE, "0,25", "N", "the decimal sign is a point"),
    (SLOPE, "exp", "N", "`exp` is a function"),
    (SLOPE, "sigmoid'(x)", "N", ""),
    (SLOPE, "x[0]", "N", "`[` after a value"),
    (SLOPE, "x.real", "N", "`.` is not known"),
    (SLOPE, "lambda x: x", "N", "not known"),
    (SLOPE, "__import__('os')", "N", "`_` is not known"),
    (SLOPE, "eval('1')", "N", ""),
    (SLOPE, "10^10^10^10", "P", "A person will look"),
    (SLOPE, "exp(exp(exp(exp(x+9))))", "P", "A person will look"),
    (SLOPE, "exp(x)/(1+exp(x))^2 + 10^30 - 10^30", "P", "A person will look"),
    (SLOPE, "(" * 80 + "x" + ")" * 80, "N", "nested too deep"),
    (SLOPE, "-" * 400 + "x", "N", "too long"),
    (SLOPE, "x" * 499, "N", "not known"),
    (SLOPE, "+".join("x" * 240), "N", "too long"),
    (LOSS, "ln(1/p)", "R", ""),
    (LOSS, "-log p", "R", ""),
    (LOSS, r"-\log_2(p) \ln 2", "R", ""),
    (LOSS, "log(p)", "W", "up to the sign"),
    (LOSS, "-log10(p)", "W", "constant factor"),
    (LOSS, "sqrt(ln(p)^2)", "R", ""),
    (OUT, r"\frac{n + 2p - k}{s} + 1", "R", ""),
    (OUT, "(n-k+2p+s)/s", "R", ""),
    (OUT, "(n + 2p - k)/(s + 1)", "W", "another function"),
    (STEP, r"w - \alpha g", "R", ""),
    (STEP, "w − αg", "R", ""),
    (STEP, "w + αg", "W", "another function"),
    (STEP, "w - ηg", "N", "not known here; the variables are `w`, `alpha`, `g`"),
    # formulas in arrays
    (GRADIENT, "W^T W x - W^T y", "R", ""),
    (GRADIENT, "W'(Wx - y)", "R", ""),
    (GRADIENT, "W.T @ (W @ x - y)", "R", ""),
    (GRADIENT, r"\mathbf{W}^\top(\mathbf{W}\mathbf{x} - \mathbf{y})", "R", ""),
    (GRADIENT, "Wᵀ(W·x − y)", "R", ""),
    (GRADIENT, "W^{T}(W*x-y)", "R", ""),
    (GRADIENT, "2W^T(Wx - y)", "W", "constant factor"),
    (
        GRADIENT,
        "(Wx - y)^T W",
        "W",
        "gives the shape (1, n); the shape (n,) is asked for. The entries are right",
    ),
    (GRADIENT, "W(Wx - y)", "W", "the product of the shape (m, n) and the shape (m,) is not defined"),
    (GRADIENT, "Wx - y", "W", "gives the shape (m,); the shape (n,) is asked for"),
    (GRADIENT, "x^T x", "W", "gives a number; the shape (n,) is asked for"),
    (GRADIENT, "W^T(Wx + y)", "W", "The shape is right, the entries are not"),
    (GRADIENT, "W ⊙ x", "W", "do not go together entry by entry"),
    (GRADIENT, "x*x", "N", "entry by entry is written `⊙`"),
    (GRADIENT, "V^T(Vx - y)", "N", "`V` is not known here"),
    (GRADIENT, "W^T(Wx - y", "N", "a `)` is missing"),
    (GRADIENT, "I", "N", "size of `I`"),
    (GRADIENT, "W^T^T^T^T^T", "W", "shape"),
    (OUTER, "(Wx - y)x'", "R", ""),
    (OUTER, "np.outer(W@x - y, x)", "R", ""),
    (
        OUTER,
        "x(Wx - y)^T",
        "W",
        "gives the shape (n, m); the shape (m, n) is asked for. The entries are right",
    ),
    (RIDGE, "inv(X^T X + λI) X^T y", "R", ""),
    (RIDGE, r"X^\top (X X^\top + \lambda I)^{-1} y", "R", ""),
    (RIDGE, "(X^T X)^{-1} X^T y", "W", "entries"),
    (RIDGE, "(X^T X + λ)^{-1} X^T y", "W", "entries"),
    (GATE, r"\sigma(z) \odot (1 - \sigma(z))", "R", ""),
    (GATE, "exp(-z)./(1+exp(-z)).^2", "N", ""),
    (GATE, "exp(-z)/(1+exp(-z))^2", "R", ""),
    (GATE, "σ(z)(1 - σ(z))", "N", "entry by entry is written `⊙`"),
    (GATE, "exp(1000z)/exp(1000z)", "W", "entries"),
    (ENERGY, "(Wx-y)^T(Wx-y)", "R", ""),
    (ENERGY, "norm(Wx-y)^2", "R", ""),
    (ENERGY, r"\lVert Wx - y \rVert^2", "R", ""),
    (ENERGY, "sum((Wx-y)⊙(Wx-y))", "R", ""),
    (ENERGY, "||Wx-y||", "W", ""),
    # words
    (NAME, "Backpropagation", "R", ""),
    (NAME, "the back-propagation.", "R", ""),
    (NAME, "BACK PROP", "R", ""),
    (NAME, "Reverse-mode automatic differentiation", "R", ""),
    (NAME, "reverse mode differentiation", "R", ""),
    (NAME, "not reverse mode differentiation", "W", "not the answer"),
    (NAME, "forward propagation", "W", "not the answer"),
    (NAME, "a" * 1999, "W", "not the answer"),
    (NAME, "🙂", "W", "not the answer"),
]


def marked(check: AnswerCheck) -> str:
    if check.correct is None:
        return "P" if check.undecided else "N"
    return "R" if check.correct else "W"


@pytest.mark.parametrize(("answer", "typed", "outcome", "said"), TABLE)
def test_each_answer_is_marked_as_written_down(answer: Answer, typed: str, outcome: str, said: str) -> None:
    check = check_answer(answer, typed)

    assert (marked(check), check.feedback) == (outcome, check.feedback)
    assert said in check.feedback
    assert bool(check.feedback) == (outcome != "R")


def test_the_table_is_long() -> None:
    assert len({(str(answer), typed) for answer, typed, _, _ in TABLE}) == len(TABLE) > 150


@pytest.mark.parametrize(
    "answer", [COUNT, ABOUT, MEMORY, SHAPE, SLOPE, OUT, STEP, GRADIENT, RIDGE, ENERGY, NAME]
)
def test_the_answer_that_a_solution_shows_is_right(answer: Answer) -> None:
    assert check_answer(answer, shown_answer(answer)).correct is True


# --- near misses -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "miss", "typed"),
    [
        (COUNT, NearMiss("Biases?", number="250", credit=Fraction(1, 2)), "10*25"),
        (MEMORY, NearMiss("Bits?", number="16", credit=Fraction(1, 2)), "16 MB"),
        (SHAPE, NearMiss("Padding?", shape=(8, 3, 30, 30), credit=Fraction(1, 2)), "8x3x30x30"),
        (SLOPE, NearMiss("The value?", formula="1/(1+exp(-x))", credit=Fraction(1, 2)), "σ(x)"),
        (GRADIENT, NearMiss("Half?", matrix_formula="2W^T(Wx-y)", credit=Fraction(1, 2)), "2W'(Wx-y)"),
        (NAME, NearMiss("Which way?", text="forward pass", credit=Fraction(1, 2)), "Forward Pass"),
    ],
)
def test_a_near_miss_gets_its_feedback_and_credit(answer: Answer, miss: NearMiss, typed: str) -> None:
    item = ShortAnswer(
        id="a", stem="", explanation="", type="short_answer", answer=answer, near_misses=(miss,)
    )

    assert check_answer(item, typed) == AnswerCheck(False, miss.feedback, credit=Fraction(1, 2))


def test_a_near_miss_of_another_kind_is_never_met() -> None:
    item = ShortAnswer(
        id="a",
        stem="",
        explanation="",
        type="short_answer",
        answer=COUNT,
        near_misses=(NearMiss("no", text="5"),),
    )

    assert check_answer(item, "5").feedback != "no"


# --- whatever is wrong with the author's answer, a student never pays for it -------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        NumberAnswer("many"),
        FormulaAnswer("exp(", {"x": Domain(0, 1)}),
        FormulaAnswer("y", {"x": Domain(0, 1)}),
        FormulaAnswer("exp(x, x)", {"x": Domain(0, 1)}),
        FormulaAnswer("x", {"x": Domain(1, 0)}),
        FormulaAnswer("x", {"x": Domain(0.1, 0.9, True)}),
        MatrixFormulaAnswer("W x", {"W": ("m", "n"), "x": ("m",)}),
        MatrixFormulaAnswer("x", {"x": ("a", "b", "c")}),
        MatrixFormulaAnswer("x", {"x": (0,)}),
        MatrixFormulaAnswer("I", {"x": ("n",)}),
        TextAnswer("a", patterns=("(",)),
        TextAnswer("a", patterns=("(a|aa)+$",)),
    ],
)
@pytest.mark.parametrize("typed", ["a" * 60 + "!b", "x"])
def test_a_key_that_cannot_be_used_is_a_matter_for_a_person(answer: Answer, typed: str) -> None:
    check = check_answer(answer, typed)

    assert check.correct is not True
    assert check.undecided or isinstance(answer, NumberAnswer | TextAnswer)


def test_a_formula_with_too_few_valid_points_is_undecided() -> None:
    never = FormulaAnswer("ln(x)", {"x": Domain(-2, -1)})

    assert marked(check_answer(never, "ln(x)")) == "P"


def test_a_pattern_that_takes_too_long_is_a_matter_for_a_person() -> None:
    start = time.process_time()
    check = check_answer(TextAnswer("x", patterns=(r"(?:a|a|b)*?(?:a|b)*c\1?",)), "x" * 10)
    slow = check_answer(TextAnswer("x", patterns=("(a*)*(a*)*(a*)*b",)), "a" * 900)

    assert check.correct is not True
    assert slow.correct is not True
    assert time.process_time() - start < 3


# --- fuzz --------------------------------------------------------------------------------------------------

ANSWERS = [COUNT, FIGURES, MEMORY, SHAPE, SLOPE, OUT, GRADIENT, RIDGE, ENERGY, NAME]
PIECES = [
    *("x", "W", "y", "X", "λ", "z", "p", "e", "pi", "I", "T", "n", "m", "foo", "_1", "_{2}", "∂", "²", "ᵀ"),
    *("0", "1", "2.5", "1e5", "9e99", ".", ",", "%", " MB", "kB", "s", "=", "!", "\n", "\x00", "'", '"', "$"),
    *("+", "-", "*", "/", "^", "**", ".*", "⊙", "@", "×", "(", ")", "[", "]", "{", "}", "|", "‖", "||", "·"),
    *("exp", "ln ", "log", "sqrt", "σ", "relu(", "norm(", "inv(", "tr(", "sum(", "diag(", "softmax(", "√"),
    *("\\frac", "\\frac{", "\\sqrt[", "\\left(", "\\right)", "\\top", "\\mathbf{", "\\hat", "\\odot", "\\"),
    *("__", "import", "lambda", ":", ";", "np.", ".T", "^T", "ﷺ", "𝑥", "\u0301", "\u202e", "½", "`", "max("),
]
SECONDS = 3.0


def check_is_bounded(answer: Answer, typed: str) -> None:
    start = time.process_time()
    check = check_answer(answer, typed)
    assert time.process_time() - start < SECONDS
    assert marked(check) == "R" or check.feedback
    assert len(check.feedback) < 1_000


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ANSWERS), st.text(max_size=80))
def test_any_text_is_marked_without_an_error(answer: Answer, typed: str) -> None:
    check_is_bounded(answer, typed)


@settings(max_examples=1000, deadline=None)
@given(st.sampled_from(ANSWERS), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_pieces_of_formulas_are_marked_without_an_error(answer: Answer, typed: str) -> None:
    check_is_bounded(answer, typed)


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("piece", PIECES)
def test_no_piece_repeated_takes_long(answer: Answer, piece: str) -> None:
    check_is_bounded(answer, piece * (1999 // len(piece)))
    check_is_bounded(answer, piece * (480 // len(piece)))
    check_is_bounded(answer, piece * (180 // len(piece)))
    check_is_bounded(answer, "5" + piece * (100 // len(piece)))
