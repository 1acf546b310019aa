"""A form as LaTeX source, for those who set or change it themselves."""

import re

from pylatexenc.latexencode import UnicodeToLatexEncoder

from grader.export.composing import document
from grader.export.prose import Dialect
from grader.export.typeset import typeset
from grader.model.form import Form
from grader.quiz.tex import mathml


def paper_latex(form: Form) -> str:
    """The paper, without any key."""
    return typeset("page.tex.j2", LATEX, document(form, is_solved=False))


def solutions_latex(form: Form) -> str:
    """The paper with keys, feedback and explanations."""
    return typeset("page.tex.j2", LATEX, document(form, is_solved=True))


_TEXT = UnicodeToLatexEncoder(unknown_char_policy="keep", unknown_char_warning=False)
_SIGNS = UnicodeToLatexEncoder(non_ascii_only=True, unknown_char_policy="keep", unknown_char_warning=False)
_BREAKS = str.maketrans({"\n": " ", "\r": " "})
_SIGNS_OF_CODE = {
    " ": r"\ ",
    "'": r"\textquotesingle{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "-": "-{}",
    ",": ",{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}


def _text(text: str) -> str:
    # Brackets are held together: `\item [a]` and `\\[a]` would read them as an option.
    encoded = str(_TEXT.unicode_to_latex(text))
    return re.sub(r"-(?=-)", "-{}", re.sub(r"([\[\]])", r"{\1}", encoded))


def _formula(formula: str, is_display: bool) -> str:
    # What math-core does not know could do anything in LaTeX; it is shown instead.
    if mathml(formula, is_display=is_display) is None:
        return _code(formula)
    signs = str(_SIGNS.unicode_to_latex(formula))
    return f"\\[{signs}\\]" if is_display else f"${signs}$"


def _code(text: str) -> str:
    return rf"\texttt{{{''.join(map(_typed, text.translate(_BREAKS)))}}}"


def _typed(sign: str) -> str:
    """One sign of code, which LaTeX may not join to the next: `--` is no dash."""
    return _SIGNS_OF_CODE.get(sign) or _text(sign)


def _listing(text: str) -> str:
    lines = (_code(line) for line in text.expandtabs(4).split("\n"))
    return "\\begin{flushleft}\n" + "\\\\\n".join(lines) + "\n\\end{flushleft}\n\n"


def _link(target: str, inner: str) -> str:
    return f"{inner} ({_code(target)})"


def _table(rows: list[list[str]]) -> str:
    head, *body = (" & ".join(row) + r" \\" for row in rows)
    lines = [rf"\begin{{tabular}}{{{'l' * len(rows[0])}}}", r"\toprule", head, r"\midrule", *body]
    return "\n".join([r"\begin{center}", *lines, r"\bottomrule", r"\end{tabular}", r"\end{center}", "\n"])


LATEX = Dialect(
    text=_text,
    formula=_formula,
    code=_code,
    listing=_listing,
    link=_link,
    table=_table,
    around={
        "paragraph": ("", "\n\n"),
        "strong": (r"\textbf{", "}"),
        "em": (r"\emph{", "}"),
        "softbreak": ("\n", ""),
        "hardbreak": ("\\newline\n", ""),
        "bullet_list": ("\\begin{itemize}\n", "\\end{itemize}\n\n"),
        "ordered_list": ("\\begin{enumerate}\n", "\\end{enumerate}\n\n"),
        "list_item": (r"\item ", "\n"),
        "blockquote": ("\\begin{quote}\n", "\\end{quote}\n\n"),
        "heading": (r"\textbf{", "}\n\n"),
        "hr": ("\\hrulefill\n\n", ""),
    },
)
