"""Formulas: a sheet of thirty in every format as somebody has looked at them, and all of the bank."""

import os
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
import typst

from grader.export.latex import LATEX
from grader.export.prose import plain_of
from grader.export.typst import TYPST
from grader.model.item import Bank
from grader.quiz.drawing import draw
from grader.quiz.tex import mathml, slips, with_formulas
from grader.quiz.typst_formula import typst_formula
from grader.quiz.typst_signs import UnprintableError
from tests.export.test_papers import REFRESH

SHEET = Path(__file__).parent / "formulas"
FORMULAS = (SHEET / "sheet.tex").read_text("utf-8").splitlines()
UNPRINTED = {"id", "source", "check", "params", "let", "where", "scheme", "type"}
"""What of an item is read by no student."""

Formula = tuple[str, bool]


def rendered(formula: str, ending: str) -> str:
    if ending == "mml":
        return mathml(formula, is_display=True) or ""
    if ending == "typ":
        return typst_formula(mathml(formula, is_display=True) or "")
    return plain_of(f"$${formula}$$", LATEX)


@pytest.mark.parametrize("ending", ["mml", "typ", "latex"])
def test_the_sheet_of_formulas_is_rendered_as_it_was_looked_at(ending: str) -> None:
    found = "\n".join(rendered(formula, ending) for formula in FORMULAS) + "\n"
    path = SHEET / f"sheet.{ending}"
    if REFRESH in os.environ:
        path.write_text(found, "utf-8")
    assert path.read_text("utf-8") == found


def test_the_sheet_has_thirty_formulas_that_no_format_refuses() -> None:
    assert len(FORMULAS) == 30
    for formula in FORMULAS:
        assert not list(slips(f"${formula}$")), formula


@pytest.mark.parametrize("is_display", [True, False])
@pytest.mark.parametrize("formula", FORMULAS)
def test_typst_prints_each_formula_of_the_sheet(formula: str, is_display: bool) -> None:
    shown = typst_formula(mathml(formula, is_display=is_display) or "")
    mark = " " if is_display else ""
    compiled = typst.compile(f"${mark}{shown}{mark}$".encode(), format="svg", ignore_system_fonts=True)
    assert b"<path" in (compiled if isinstance(compiled, bytes) else b"".join(compiled))


# --- the bank -----------------------------------------------------------------------------------------------


def printed(value: Any) -> Iterator[str]:
    """The texts that a page can show."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in UNPRINTED:
                yield from printed(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from printed(one)


@pytest.fixture(scope="module")
def of_the_bank(shipped_bank: Bank) -> frozenset[Formula]:
    """All formulas of the shipped bank, each item drawn once."""
    found: set[Formula] = set()

    def kept(formula: str, is_display: bool) -> str:
        found.add((formula, is_display))
        return ""

    for item in shipped_bank.items.values():
        for text in printed(draw(item, 0).item):
            with_formulas(text, kept)
    return frozenset(found)


def test_every_formula_of_the_bank_can_be_printed_in_every_format(of_the_bank: frozenset[Formula]) -> None:
    assert len(of_the_bank) > 1_000
    for formula, is_display in of_the_bank:
        shown = mathml(formula, is_display=is_display)
        assert shown is not None, formula
        assert typst_formula(shown), formula
        assert r"\texttt" not in LATEX.formula(formula, is_display), formula


@pytest.mark.long
def test_typst_compiles_every_formula_of_the_bank(of_the_bank: frozenset[Formula]) -> None:
    preamble = "#let formula(spoken, it) = math.equation(alt: spoken, block: it.block, it.body)\n\n"
    text = "\n\n".join(TYPST.formula(*formula) for formula in sorted(of_the_bank))
    pdf = typst.compile((preamble + text).encode(), format="pdf", ignore_system_fonts=True)
    assert bytes(pdf).startswith(b"%PDF")


# --- what is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "offset", "told"),
    [
        (r"$x + \substack{a}$", 5, "Unknown command"),
        (r"$a \\ b$", 3, "only within an environment"),
        (r"$50% x$", 3, "percent sign"),
        (r"$\begin{align} a &= b \end{align}$", 1, "numbers of equations"),
    ],
)
def test_a_formula_that_a_format_cannot_print_is_a_finding(text: str, offset: int, told: str) -> None:
    (slip,) = slips(text)
    assert slip.offset == offset
    assert told in slip.what


def test_an_array_keeps_the_rules_at_its_edges() -> None:
    formula = r"\begin{array}{|c|c|} \hline 1 & 2 \\ \hline 3 & 4 \\ \hline \end{array}"
    assert "augment: #(vline: (0, 1, 2, ), hline: (0, 1, 2, ), stroke: 0.5pt), inline(1)" in typst_formula(
        mathml(formula) or ""
    )


@pytest.mark.parametrize(
    "inner",
    [
        "<mi>x</mi><mglyph/>",
        "<mi href='x'>x</mi>",
        "<mi style='display: none'>x</mi>",
        "<menclose notation='circle'><mi>x</mi></menclose>",
        "<mover accent='true'><mi>x</mi><mo>\u2040</mo></mover>",
        "<mspace width='2parsecs'/>",
        "<mrow>" * 200 + "<mi>x</mi>" + "</mrow>" * 200,
    ],
)
def test_what_would_be_lost_in_print_is_refused(inner: str) -> None:
    with pytest.raises(UnprintableError):
        typst_formula(f"<math>{inner}</math>")


SIGNS = [*"#$\\_^&*/'\"`~@<>=+-.,;:!?()[]{}|%", "if", "->", "//", "/*", "#panic()"]


@pytest.mark.parametrize("sign", SIGNS)
def test_no_sign_in_a_formula_is_obeyed_by_typst(sign: str) -> None:
    escaped = sign.replace("&", "&amp;").replace("<", "&lt;")
    for tag in ("mi", "mo", "mn", "mtext"):
        shown = typst_formula(
            f"<math><mi>x</mi><{tag}>{escaped}</{tag}><mfrac><mi>y</mi><mi>z</mi></mfrac></math>"
        )
        typst.compile(f"${shown}$".encode(), format="svg", ignore_system_fonts=True)


def test_a_formula_that_cannot_be_printed_is_shown_as_it_is_typed() -> None:
    assert plain_of(r"$\nosuch{x}$", TYPST) == r'#raw("\\nosuch{x}")'
    assert plain_of(r"$\nosuch{x}$", LATEX) == r"\texttt{{\textbackslash}nosuch\{x\}}"


def test_a_formula_is_read_out_in_words_of_unicode() -> None:
    assert re.match(r'#formula\("x² ≤ 1", ', plain_of(r"$x^2 \leq 1$", TYPST))
