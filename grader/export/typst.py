"""A form as Typst source, and as the PDF that Typst makes of it: tagged, with its fonts, always the same."""

import importlib
import re
from types import ModuleType

from grader.errors import UsageError
from grader.export.composing import document
from grader.export.prose import Dialect
from grader.export.typeset import typeset
from grader.model.form import Form
from grader.quiz.tex import mathml, readable
from grader.quiz.typst_formula import typst_formula
from grader.quiz.typst_signs import UnprintableError

MISSING = "a PDF needs typst: `pip install 'grade[instructor]'`; the other formats need nothing more"
STANDARD = "ua-1"
"""PDF/UA: what a screen reader needs; Typst refuses to write what falls short of it."""
NO_SIGN = "could not be displayed"
"""In Typst's words: none of its fonts has a sign."""


def paper_pdf(form: Form) -> bytes:
    """The paper, without any key.

    Raises:
        UsageError: typst is not installed.
    """
    return _compiled(typst_source(form, is_solved=False))


def solutions_pdf(form: Form) -> bytes:
    """The paper with keys, feedback and explanations.

    Raises:
        UsageError: typst is not installed.
    """
    return _compiled(typst_source(form, is_solved=True))


def typst_source(form: Form, *, is_solved: bool) -> str:
    """What Typst is given."""
    return typeset("page.typ.j2", TYPST, document(form, is_solved=is_solved))


def _compiled(source: str) -> bytes:
    typst = _typst()
    try:
        return _pdf(typst, source, own_fonts=True)
    except typst.TypstError as error:
        if NO_SIGN not in str(error):
            raise
    # A script that Typst's own fonts do not have: then those of this machine, if they have it.
    try:
        return _pdf(typst, source, own_fonts=False)
    except typst.TypstError as error:
        what = str(error).partition(": ")[2].partition("\n")[0] or str(error)
        raise UsageError(f"no PDF can be made: {what}; install a font that has it, or write HTML") from None


def _pdf(typst: ModuleType, source: str, *, own_fonts: bool) -> bytes:
    # Nothing of this machine is in the file: neither its fonts nor its clock.
    pdf = typst.compile(
        source.encode("utf-8"),
        format="pdf",
        ignore_system_fonts=own_fonts,
        pdf_standards=[STANDARD],
        timestamp=0,
    )
    return bytes(pdf)


def _typst() -> ModuleType:
    try:
        return importlib.import_module("typst")
    except ModuleNotFoundError:
        raise UsageError(MISSING) from None


# --- what Markdown says, in Typst ---------------------------------------------------------------------------


def _text(text: str) -> str:
    """Each sign that could mean something in Typst stands for itself."""
    return re.sub(r"([!-+\--/:-@\[-`{-~])", r"\\\1", text)


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _formula(formula: str, is_display: bool) -> str:
    rendered = mathml(formula, is_display=is_display)
    try:
        shown = typst_formula(rendered) if rendered else None
    except UnprintableError:
        shown = None
    if shown is None:
        return _code(formula)
    spoken = _string(readable(f"${formula}$"))
    return f"#formula({spoken}, $ {shown} $)" if is_display else f"#formula({spoken}, ${shown}$)"


def _code(text: str) -> str:
    return f"#raw({_string(text)})"


def _listing(text: str) -> str:
    return f"#raw(block: true, {_string(text)})\n\n"


def _link(target: str, inner: str) -> str:
    return f"#link({_string(target)})[{inner}]"


def _table(rows: list[list[str]]) -> str:
    head, *body = (", ".join(f"[{cell}]" for cell in row) for row in rows)
    lines = "".join(f"  {row},\n" for row in body)
    return f"#table(\n  columns: {len(rows[0])},\n  table.header({head}),\n{lines})\n\n"


TYPST = Dialect(
    text=_text,
    formula=_formula,
    code=_code,
    listing=_listing,
    link=_link,
    table=_table,
    around={
        "paragraph": ("", "\n\n"),
        "strong": ("#strong[", "]"),
        "em": ("#emph[", "]"),
        "softbreak": ("\n", ""),
        "hardbreak": ("#linebreak()", ""),
        "bullet_list": ("#list(", ")\n\n"),
        "ordered_list": ("#enum(", ")\n\n"),
        "list_item": ("[", "], "),
        "blockquote": ("#quote(block: true)[", "]\n\n"),
        "heading": ("#strong[", "]\n\n"),
        "hr": ("#line(length: 100%)\n\n", ""),
    },
)
