"""Texts that mean something in HTML, Typst or LaTeX come out as the signs that they are."""

import io
import re
from fractions import Fraction
from html.parser import HTMLParser

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from grader.exam.questions import asked
from grader.export import FORMATS
from grader.export.html import page, solutions_html
from grader.export.latex import LATEX
from grader.export.prose import html_of, plain_of, prose_of
from grader.export.typst import TYPST
from grader.model.answer import TextAnswer, TextCell
from grader.model.form import Form, Section
from grader.model.item import (
    Criterion,
    Essay,
    Key,
    Matching,
    Ordering,
    Pair,
    ShortAnswer,
    SingleChoice,
    Table,
)

TEXTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    r"costs \$5 and \$6",
    '`$x$ #f() \\y {z} "q" -- <b>`',
    '#panic("x") @ref // c /* d */',
    r"\input{/etc/passwd} \end{document} % & ~ ^ _ { }",
    "<< page >> <% if x %> {{ y }} {% z %} {# w #}",
    "] ) } ( [ { ' \" ; -- --- ... -> =>",
    "&lt; &amp; ]]> -->",
    "a; b (c) [d] .e",
]
LITERAL = [text for text in TEXTS if "`" not in text and "\\" not in text and "&" not in text]
"""Those that Markdown too takes for what they are."""


def hostile() -> Form:
    """Every text in every place."""
    every = []
    for text in TEXTS:
        stated = {"id": "x", "stem": text, "explanation": text}
        options = (Key(text, feedback=text), Key(f"{text} 2"), "none_of_the_above")
        every += [
            SingleChoice(**stated, type="single_choice", options=options),  # type: ignore[arg-type]
            ShortAnswer(**stated, type="short_answer", answer=TextAnswer(text)),  # type: ignore[arg-type]
            Ordering(**stated, type="ordering", steps=(text, "b")),  # type: ignore[arg-type]
            Matching(**stated, type="matching", pairs=(Pair(text, text),), extras=(text,)),  # type: ignore[arg-type]
            Table(**stated, type="table", columns=(text, "b"), rows=((text, TextCell(text)),)),  # type: ignore[arg-type]
            Essay(**stated, type="essay", answer=text, rubric=(Criterion(text, Fraction(1)),)),  # type: ignore[arg-type]
        ]
    questions = tuple(asked(item, number) for number, item in enumerate(every, 1))  # type: ignore[arg-type]
    title = " ".join(LITERAL)
    return Form("x<y>-1-#$%&_", title, 1, 5, (Section(title, title, questions),))


class Reader(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_hostile_bank_does_nothing_to_a_page() -> None:
    seen = read(solutions_html(hostile()))
    assert not seen.tags & {"script", "img", "b", "iframe", "object"}
    assert not {name for name in seen.attributes if name.startswith("on")}
    for text in LITERAL:
        assert squeezed(text) in squeezed(seen.text)


def test_a_page_fetches_nothing_and_runs_nothing() -> None:
    text = page("t", "![a](http://a.example/x.png) [b](javascript:alert(1)) <a href='x'>c</a>")
    assert "<img" not in text
    assert 'href="javascript' not in text
    assert "default-src 'none'" in text


@pytest.mark.parametrize("part", [0, 1], ids=["paper", "solutions"])
def test_a_hostile_bank_comes_out_of_typst_as_text(part: int) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(FORMATS["pdf"][part](hostile())))
    text = squeezed("".join(page.extract_text() for page in pdf.pages))
    for stated in LITERAL:
        assert squeezed(stated) in text
    assert squeezed('$x$ #f() \\y {z} "q" -- <b>') in text
    assert squeezed("costs $5 and $6") in text


@pytest.mark.parametrize("part", [0, 1], ids=["paper", "solutions"])
def test_a_hostile_bank_ends_no_document_of_latex(part: int) -> None:
    source = FORMATS["tex"][part](hostile()).decode()
    assert source.count(r"\end{document}") == 1
    assert r"\input{" not in source
    assert source.rstrip().endswith(r"\end{document}")


# Signs of every format, letters between them; without those that Markdown or TeX would take for markup.
PLAIN = st.text(st.sampled_from("abc #%&~^_{}[]()<>@=+-/\"'|.,;:!?*é×"), min_size=1, max_size=30)


@given(PLAIN)
@settings(max_examples=300)
def test_any_text_reads_the_same_in_every_format(text: str) -> None:
    wanted = squeezed(text)
    latex = str(LatexNodes2Text(math_mode="text").latex_to_text(plain_of(text, LATEX)))
    typographic = str.maketrans(
        {"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "ˆ": "^", "˜": "~"}
    )
    assert squeezed(latex.translate(typographic)).replace('"', "''") == wanted.replace('"', "''")
    assert re.sub(r"\\(.)", r"\1", squeezed(plain_of(text, TYPST))) == wanted
    assert not re.search(r"(?<!\\)[#$*_`@\[\]<>=]", re.sub(r"\\.", "", plain_of(text, TYPST)))


def test_code_keeps_its_signs_in_every_format() -> None:
    code = "`a $x$ #b \\c {d} \"e\" 'f' -- <g>`"
    assert html_of(code, str) == (  # type: ignore[arg-type]
        "<p><code>a $x$ #b \\c {d} &quot;e&quot; 'f' -- &lt;g&gt;</code></p>\n"
    )
    assert prose_of(code, TYPST) == '#raw("a $x$ #b \\\\c {d} \\"e\\" \'f\' -- <g>")'
    assert "-{}-{}" in prose_of(code, LATEX)
    assert r"\textquotedbl{}e\textquotedbl{}" in prose_of(code, LATEX)


MARKDOWN = """\
First *soft* and **strong**, `code` and $x$.

- one
- two
  1. three

> said

| a | b |
| --- | --- |
| $x$ | c |

```
x = "$y$"
```

$$
a
= b
$$
"""


def test_all_that_markdown_says_is_said_in_typst_and_latex() -> None:
    typst, latex = prose_of(MARKDOWN, TYPST), prose_of(MARKDOWN, LATEX)
    for told in ("#emph[soft]", "#strong[strong]", '#raw("code")', "#list([one", "#enum([three", "#quote"):
        assert told in typst
    assert "table.header([a], [b])" in typst
    assert '#raw(block: true, "x = \\"$y$\\"")' in typst
    assert '#formula("a = b", $ a \\= b $)' in typst
    for told in (r"\emph{soft}", r"\textbf{strong}", r"\texttt{code}", "$x$", r"\item one", r"\begin{quote}"):
        assert told in latex
    assert "a & b \\\\" in latex
    assert "\\[\na\n= b\n\\]" in latex
