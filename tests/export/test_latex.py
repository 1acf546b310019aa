"""LaTeX source: balanced, and of no command that its packages do not have."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pylatexenc.latexwalker import (
    LatexEnvironmentNode,
    LatexMacroNode,
    LatexNode,
    LatexWalker,
    LatexWalkerParseError,
)

from grader.bank import load_bank
from grader.exam.questions import asked, draw
from grader.export.latex import paper_latex, solutions_latex
from grader.model.form import Form, Section
from tests.conftest import REPOSITORY
from tests.export.test_hostile import hostile

SHEET = (Path(__file__).parent / "formulas" / "sheet.latex").read_text("utf-8")
WRITERS = {"paper": paper_latex, "solutions": solutions_latex}
COMMANDS = {
    # Of LaTeX itself and of TeX.
    "latex": r"""
        \ \, \; \\ \_ \{ \} \| \[ \] \# \$ \% \& \: \! \- \/ \^ \~ \" \' \`
        documentclass usepackage newcommand renewcommand providecommand newenvironment newsavebox pagestyle
        setlength parindent parskip raggedbottom emergencystretch textheight linewidth leavevmode small
        footnotesize LARGE bfseries normalfont textbf textit emph texttt textasciicircum textasciitilde
        textbackslash textless textgreater textbar textperiodcentered textquotedblleft textquotedblright par
        newpage section item newline nopagebreak quad qquad rule fbox framebox makebox vspace bigskip medskip
        hfill hrulefill thepage hline raggedright arraybackslash
        setbox vbox bgroup egroup ifdim ht unvbox box else fi
        alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau
        varphi phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega
        ast bar bigcirc bigl bigr binom cdot cdots circ cos ddot dot dots ell exp forall frac ge geq hat in
        infty int langle lceil le left leftarrow leq lfloor lim ln log mapsto mathbf mathcal mathrm max mid
        middle min nabla ne neq odot oplus otimes overbrace overline partial pm prime prod rangle rceil rfloor
        rho right rightarrow setminus sim sin sqrt stackrel sum tanh tilde times to top underbrace underline
        vec widehat widetilde colon arg approx ldots ensuremath ss o l mathnormal
    """,
    "amsmath": "DeclareMathOperator operatorname text lvert rvert lVert rVert tfrac dfrac boxed xrightarrow",
    "amssymb": "mathbb",
    "mathtools": "",
    "mathrsfs": "mathscr",
    "bm": "bm boldsymbol",
    "cancel": "cancel",
    "xcolor": "color",
    "array": "tabularxcolumn",
    "tabularx": "",
    "booktabs": "toprule midrule bottomrule addlinespace",
    "enumitem": "setlist",
    "fancyhdr": "fancyhf fancyfoot headrulewidth",
    "iftex": "ifpdftex",
    "fontenc": "",
    "inputenc": "",
    "textcomp": "texttimes textasciigrave textquotesingle textquotedbl textdegree",
    "babel": "",
    "geometry": "",
}
"""Which commands of each package papers may have."""
ENVIRONMENTS = {
    *("document", "center", "flushleft", "quote", "itemize", "enumerate", "description", "minipage"),
    *("tabular", "tabularx", "array", "aligned", "cases", "pmatrix", "bmatrix"),
}
DEFINED = re.compile(r"\\(?:new|provide)command\{\\(\w+)\}|\\DeclareMathOperator\*?\{\\(\w+)\}")


def known(source: str) -> set[str]:
    """The commands that a source may use: those of its packages and its own."""
    packages = {
        name
        for found in re.findall(r"\\usepackage(?:\[[^]]*\])?\{([^}]*)\}", source)
        for name in found.split(",")
    }
    commands = {one.removeprefix("\\") for name in ("latex", *packages) for one in COMMANDS[name].split()}
    own = {name for found in DEFINED.findall(source) for name in found if name}
    return {*commands, *own, *re.findall(r"\\newsavebox\{\\(\w+)\}", source), "", " "}


def nodes(source: str) -> Iterator[LatexNode]:
    """Every command and environment of a source, however deep.

    Raises:
        LatexWalkerParseError: something in it is not balanced.
    """
    waiting = list(LatexWalker(source, tolerant_parsing=False).get_latex_nodes()[0])
    while waiting:
        node = waiting.pop()
        if node is None:
            continue
        yield node
        waiting += getattr(node, "nodelist", None) or []
        arguments = getattr(node, "nodeargd", None)
        waiting += (arguments.argnlist or []) if arguments is not None else []


def strangers(source: str) -> set[str]:
    """The commands and environments that no package has which the source loads."""
    commands, environments = known(source), {*ENVIRONMENTS, *re.findall(r"\\newenvironment\{(\w+)\}", source)}
    found = list(nodes(source))
    macros = {node.macroname for node in found if isinstance(node, LatexMacroNode)}
    rooms = {node.environmentname for node in found if isinstance(node, LatexEnvironmentNode)}
    return (macros - commands) | (rooms - environments)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("of", ["types", "hostile"])
def test_source_is_balanced_and_has_no_command_of_a_package_that_it_does_not_load(
    types_form: Form, name: str, of: str
) -> None:
    assert strangers(WRITERS[name](types_form if of == "types" else hostile())) == set()


def test_the_sheet_of_formulas_has_none_either(types_form: Form) -> None:
    preamble = paper_latex(types_form).partition(r"\begin{document}")[0]
    assert strangers(f"{preamble}\\begin{{document}}\n{SHEET}\\end{{document}}\n") == set()


@pytest.mark.long
@pytest.mark.parametrize("name", WRITERS)
def test_the_whole_bank_has_none_either(name: str) -> None:
    bank = load_bank(REPOSITORY / "question_bank")
    every = tuple(asked(draw(item, 7), number) for number, item in enumerate(bank.items.values(), 1))
    form = Form("all-7-000000", "All", 7, 60, (Section("All", "Each earns its points.", every),))
    assert strangers(WRITERS[name](form)) == set()


@pytest.mark.parametrize("slip", ["}", "{", r"\begin{itemize}", r"\end{itemize}", "$"])
def test_what_is_not_balanced_is_noticed(types_form: Form, slip: str) -> None:
    source = paper_latex(types_form).replace(r"\section*{", rf"{slip}\section*{{", 1)
    with pytest.raises(LatexWalkerParseError):
        list(nodes(source))


def test_a_command_of_a_package_that_is_not_loaded_is_noticed(types_form: Form) -> None:
    source = paper_latex(types_form)
    assert strangers(source.replace(",fancyhdr}", "}")) == {"fancyhf", "fancyfoot", "headrulewidth"}
    assert strangers(source.replace(r"\section*{", r"\frobnicate\section*{", 1)) == {"frobnicate"}
