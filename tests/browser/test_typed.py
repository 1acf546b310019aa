"""What is typed earns the same on the page as in Python, or the page leaves it to `grade score`."""

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest

from grader.exam.questions import asked
from grader.model.answer import Answer, NearMiss, NumberAnswer, ShapeAnswer, TextAnswer, Tolerance
from grader.model.form import Question
from grader.model.item import ShortAnswer
from tests.browser.conftest import Page
from tests.browser.vectors import STATED, WORTH, Case, differences, scored

# A browser beside other workers takes its time.
pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

TOLERANCES = [
    None,
    Tolerance(absolute=0.01),
    Tolerance(absolute=0.5),
    Tolerance(relative=0.05),
    Tolerance(figures=2),
    Tolerance(figures=3),
]
NUMBERS = ["0.5", "2/3", "0", "1000", "-12.25", "sqrt(2)", "1e-3", "exp(-2)", "260", "0.000123", "1/1024"]
UNITS = ["ms", "%", "MB", "bit", "pi", "FLOPs"]
PLAIN = [
    "0.5", ".5", "1/2", "-1", "1e-3", "1,000", "1 000", "1,000.0", "50%", "2^10", "10*5*5 + 10", "2×3",
    "−1", "10 x 26", "(1 + 1)/4", "007", "1000.", "2**-10", "0.50", "5.0e-1", "+3", "6/9", "1.41",
    "1.4142135", "-(2)", "3·4", "1'000'000",
]  # fmt: skip
"""What most people type, which the page must not leave to others."""
PIECES = [
    "0", "1", "2", "5", "10", "12.25", "0.5", ".5", "7.", "1e3", "1E-3", "e", "E", "x", "X", "*", "**", "^",
    "/", "//", "+", "-", "(", ")", " ", ",", ".", "%", "000", "'", "×", "·", "−", "√", "π", "pi", "sqrt",
    "ln", "ms", "MB", "mb", "s", "bits", "=", "$", "²", "\xa0", "\\frac{1}{2}", "_", "[", "]", "٣", "\n",
    "¼", "１", "\x1f",
]  # fmt: skip
NEAR = [
    "0.495", "0.505", "0.51", "0.49", "0.6667", "0.67", "0.667", "1.0", "1000.5", "12.2", "12.3", "0.00012",
    "1.42", "0.135", "0.0010", "261", "0.5000000001",
]  # fmt: skip
TOO_MUCH = ["1" * 400, "9^9^9", "1e999", "((((((1))))))", "1/0", "0^-1", "2^0.5", "1+" * 60 + "1", "1e-400"]


def typed_numbers() -> list[str]:
    rng = random.Random(7)
    drawn = ["".join(rng.choices(PIECES, k=rng.randint(1, 6))) for _ in range(1_000)]
    units = ("", " ms", "ms", "%", " MB", " mbs", " kb")
    near = [f"{sign}{one}{unit}" for sign, one, unit in product(("", "-"), NEAR, units)]
    return [*PLAIN, *near, *drawn, *TOO_MUCH]


def question(answer: Answer, *misses: NearMiss, scheme: str = "per_option") -> Question:
    item = ShortAnswer(**STATED, type="short_answer", answer=answer, near_misses=misses, scheme=scheme)
    return asked(item, 1, points=WORTH)


def number_questions() -> Iterator[Question]:
    miss = NearMiss("near", number="1/4", credit=Fraction(1, 3))
    same_sign = NearMiss("sign", number="-1")
    for index, number in enumerate(NUMBERS):
        for tolerance in (TOLERANCES[index % 4], *TOLERANCES[4:]):
            yield question(NumberAnswer(number, tolerance), miss, same_sign)
    for unit, tolerance in product(UNITS, [None, Tolerance(absolute=0.01)]):
        yield question(NumberAnswer("0.5", tolerance, unit), miss, same_sign)
        yield question(NumberAnswer("1000", tolerance, unit), scheme="right_or_minus_third")


def test_typed_numbers_earn_the_same_or_wait(page: Page) -> None:
    typed = typed_numbers()
    cases = [Case(one, typed) for one in number_questions()]
    assert not differences(page, cases, all_decided=False)


def test_plain_numbers_are_decided_on_the_page(page: Page) -> None:
    cases = [Case(question(NumberAnswer(number)), PLAIN) for number in NUMBERS]
    assert [answer for _, answer, marked in scored(page, cases) if marked.waits] == []


SHAPES = [
    "(8, 10)", "8x10", "[8 10]", "8×10", "8 * 10", "8,10,", "(10, 8)", "8", "8x", "x8", "8 by 10", "08x10",
    "8x10x1", "eight", "(8,)", "((8, 10))", "8;10", "1000000000000x1", "", "8 , 10", "8  10", "-8x10",
    "8.0x10", "()", ", ,", "8·10", "８x10", "8\xa0x\xa010", "8\n10", "$8 \\times 10$",
]  # fmt: skip
WORDS = [
    "the Adam optimizer", "adam-optimizer", "Adam  Optimizer.", "ADAM", "an adam optimizer",
    "a an the adam", "a an adam optimizer",
    "the", ".", "sgd", "adám optimizer", "Adam—optimizer", "adam_optimizer!",
    "“adam optimizer”", "ADAM ﬁ", "straße", "STRASSE", "Kelvin", "$adam$ optimizer", "momentum",
    "adam optimizer;", "`adam optimizer`", "adam\noptimizer", "adam\x1coptimizer", "Kelvin",
    "the a adam optimizer", "optimizer, adam", "ＡＤＡＭ optimizer", "ad\u200bam",
]  # fmt: skip


def test_typed_shapes_and_words_earn_the_same_or_wait(page: Page) -> None:
    near = NearMiss("turned", shape=(10, 8), credit=Fraction(1, 4))
    slip = NearMiss("another", text="SGD", credit=Fraction(1, 2))
    other_kind = NearMiss("of another kind", number="1")
    words = TextAnswer("Adam optimizer", accept=("the Adam", "straße", "kelvin"))
    cases = [
        Case(question(ShapeAnswer((8, 10)), near), SHAPES),
        Case(question(ShapeAnswer((8,)), near, scheme="right_or_minus_half"), SHAPES),
        Case(question(words, slip, other_kind), [*WORDS, "x" * 1500]),
        Case(question(TextAnswer("Adam", patterns=("adam.*",)), slip), WORDS),
    ]
    assert not differences(page, cases, all_decided=False)
    decided = {answer for _, answer, marked in scored(page, cases[:1]) if not marked.waits}
    assert {"(8, 10)", "8x10", "[8 10]", "8×10", "8,10,", "(10, 8)", "8;10"} <= decided
