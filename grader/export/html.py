"""A form, or Markdown with TeX, as one HTML page that needs nothing else: formulas are MathML."""

import base64
import html
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from grader.export.composing import document
from grader.export.prose import Held, html_of
from grader.export.typeset import Filter, filled
from grader.model.form import Form
from grader.quiz.tex import mathml

BELOW = 4
"""The level of the headings over a stem; one that is written in it goes below."""


def paper_html(form: Form) -> str:
    """The paper, without any key."""
    return _rendered(form, is_solved=False)


def solutions_html(form: Form) -> str:
    """The paper with keys, feedback and explanations."""
    return _rendered(form, is_solved=True)


def page(title: str, markdown: str) -> str:
    """The text as a page; HTML in it is shown, not obeyed."""
    body = Markup(html_of(markdown, _formula))  # noqa: S704 (Markdown was read with its HTML escaped)
    return _plain_page().render(title=title, body=body, style=style())


def _rendered(form: Form, *, is_solved: bool) -> str:
    shown = document(form, is_solved=is_solved)
    return filled("page.html.j2", shown, html.escape, FILTERS)


def _formula(formula: str, is_display: bool) -> str:
    rendered = mathml(formula, is_display=is_display)
    return rendered or f"<code>{html.escape(formula)}</code>"


def _plain(text: str) -> str:
    held = Held(" ".join(text.split()))
    return held.written(held.text, _formula, lambda part: html.escape(part.replace(r"\$", "$")))


@cache
def _plain_page() -> Template:
    templates = Environment(loader=PackageLoader("grader.export"), undefined=StrictUndefined, autoescape=True)
    return templates.get_template("text.html.j2")


@cache
def style() -> Markup:
    """The style sheet with the font of the formulas in it, without which brackets would not grow."""
    room = files("grader.export")
    font = base64.b64encode((room / "fonts" / "paper-math.woff2").read_bytes()).decode("ascii")
    source = f'url(data:font/woff2;base64,{font}) format("woff2")'
    face = f'@font-face {{ font-family: "Paper Math"; src: {source}; }}'
    sheet = (room / "templates" / "page.css").read_text("utf-8")
    return Markup(f"{face}\n{sheet}")  # noqa: S704 (both are ours)


FILTERS: Mapping[str, Filter] = {
    "prose": lambda text: html_of(text, _formula, below=BELOW),
    "line": lambda text: html_of(text, _formula, inline=True),
    "plain": _plain,
    "typed": lambda text: f"<code>{html.escape(text)}</code>",
    "style": lambda _: style(),
}
"""What the templates of pages write the texts of a document with."""
