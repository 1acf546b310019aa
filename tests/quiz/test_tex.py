"""TeX in a terminal, and what is wrong with a formula."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.quiz.tex import readable, slips


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no formula", "no formula"),
        ("$x^2$", "x²"),
        ("$x_{t-1}$", "xₜ₋₁"),
        (r"$\alpha \times \beta$", "α × β"),
        (r"$10^{-3}$", "10⁻³"),
        (r"$\frac{1}{2}$", "1/2"),
        (r"$\frac{a + b}{2}$", "(a + b)/2"),
        (r"$W^\top x$", "Wᵀ x"),
        (r"costs \$5", "costs $5"),
        ("$a$ and $b$", "a and b"),
        ("$$a = b$$", "a = b"),
        (r"$\ln 50 \approx 3.9$", "ln 50 ≈ 3.9"),
        (r"$\lVert w \rVert^2 / \gamma$", "‖w‖²/γ"),
        (r"$\lvert x \rvert$", "|x|"),
        (r"$p(a \mid b) + p(c \mid d)$", "p(a | b) + p(c | d)"),
        (r"$\theta \leftarrow \theta - \eta g$", "θ ← θ - ηg"),
        (r"$(-1, +2)$", "(-1, +2)"),
        (r"$\frac{\gamma}{2} h$", "(γ/2)h"),
        (r"$\frac{1}{2} x^2$", "1/2 x²"),
        (r"$\frac{1}{n} \sum_i x_i$", "(1/n)∑ᵢ xᵢ"),
        (r"$\frac{a}{b}\frac{c}{d}$", "(a/b)c/d"),
        (r"$\frac{1}{1 + \frac{1}{x}}$", "1/(1 + (1/x))"),
        (r"$e^{\frac{1}{2}}$", "e^(1/2)"),
        (r"$\alpha\min(0, x)$", "α min(0, x)"),
        (r"$\arg\max_j f$", "arg maxⱼ f"),
        (r"$\lfloor x / 2 \rfloor + 1$", "⌊x/2⌋ + 1"),
    ],
)
def test_formulas_are_shown_in_unicode(text: str, shown: str) -> None:
    assert readable(text) == shown


@pytest.mark.parametrize(
    "text", ["", "no formula", "$x$", r"\$5 and \$6", "`$HOME`", r"$$\frac{1}{2}$$", "$a$$b$"]
)
def test_these_texts_have_no_slip(text: str) -> None:
    assert not list(slips(text))


@pytest.mark.parametrize(
    ("text", "offset"),
    [("a $x", 2), ("$x$ and $", 8), (r"$\nosuch$", 1), (r"ab $\frac{1}{2$", 14), ("$a$ $", 4)],
)
def test_a_slip_is_found_where_it_is(text: str, offset: int) -> None:
    (slip,) = slips(text)

    assert slip.offset == offset
    assert slip.what


@pytest.mark.parametrize("text", ["$x^12$", "$x_10$", "$2^-3$", "$2^ 1.5$"])
def test_a_script_of_several_signs_needs_braces(text: str) -> None:
    (slip,) = slips(text)

    assert "takes one sign alone" in slip.what
    assert slip.offset == 2


@pytest.mark.parametrize("text", ["$x^{12}$", "$x^2$", "$x_1 2$", r"$\_12$", "$x^2y^3$", "$x^n12$"])
def test_a_script_of_one_sign_needs_none(text: str) -> None:
    assert not list(slips(text))


def test_every_broken_formula_is_told() -> None:
    assert len(list(slips(r"$\nosuch$ and $x$ and $\left( y$"))) == 2


TEX = [
    *"abx12+-=^_{}$& ",
    r"\frac",
    r"\sqrt",
    r"\log",
    r"\mathbb",
    r"\begin{cases}",
    r"\end{cases}",
    "\\\\",
    r"\text{",
]


@given(st.lists(st.sampled_from(TEX), max_size=40).map("".join))
@settings(max_examples=300)
def test_no_text_is_too_broken_to_show(text: str) -> None:
    readable(text)
    for slip in slips(text):
        assert 0 <= slip.offset <= len(text)


def test_a_formula_too_deep_to_show_is_shown_as_it_is() -> None:
    formula = "{" * 3000 + "}" * 3000

    assert readable(f"${formula}$") == formula
