"""Markdown with TeX in the words of another format, none of whose signs a text can give."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from grader.quiz.tex import with_formulas

OPEN, CLOSE = "\ue100", "\ue101"
"""Stand round the number of a formula while Markdown is read: private characters, which no text holds."""
_HELD = re.compile(f"{OPEN}(\\d+){CLOSE}")

_MINUS = re.compile(r"(?<![\w.)\]}-])-(?=\.?\d)")
"""A hyphen that was typed for the sign of a number."""

LOWEST = 6
"""The last level of headings that HTML has."""

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
"""HTML is shown, not obeyed, and nothing is fetched: a page needs nothing else."""

Formula = Callable[[str, bool], str]
"""Writes a formula, told whether it stands by itself."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a format writes what Markdown says.

    `around` holds what stands before and after a node of each type; `text` and `code` escape all signs that
    mean something in the format, `listing` does for lines of code, `table` takes rows of written cells.
    """

    text: Callable[[str], str]
    formula: Formula
    code: Callable[[str], str]
    listing: Callable[[str], str]
    link: Callable[[str, str], str]
    table: Callable[[list[list[str]]], str]
    around: Mapping[str, tuple[str, str]]


def with_minus(text: str) -> str:
    """The text with the signs of its numbers as they are printed; what is read from paper reads both."""
    return _MINUS.sub("−", text)


class Held:
    """A text whose formulas are numbered signs until the rest of it is written."""

    def __init__(self, text: str) -> None:
        self._formulas: list[tuple[str, bool]] = []
        self.text = with_formulas(text.replace(OPEN, "").replace(CLOSE, ""), self._hold)

    def _hold(self, formula: str, is_display: bool) -> str:
        self._formulas.append((formula, is_display))
        return f"{OPEN}{len(self._formulas) - 1}{CLOSE}"

    def typed(self, text: str) -> str:
        """The text as it was, for code, in which there are no formulas."""

        def dollars(match: re.Match[str]) -> str:
            formula, is_display = self._formulas[int(match[1])]
            mark = "$$" if is_display else "$"
            return f"{mark}{formula}{mark}"

        return _HELD.sub(dollars, text)

    def written(self, text: str, write: Formula, escape: Callable[[str], str] = str) -> str:
        """The text with its formulas in another format, and what is between them escaped."""
        parts = _HELD.split(text)
        return "".join(
            write(*self._formulas[int(part)]) if index % 2 else escape(part)
            for index, part in enumerate(parts)
        )


def html_of(markdown: str, formula: Formula, *, inline: bool = False, below: int = 0) -> str:
    """The text in HTML; `inline` without a paragraph round it, its headings so many levels further down."""
    held = Held(" ".join(markdown.split()) if inline else markdown)
    tokens = MARKDOWN.parseInline(held.text) if inline else MARKDOWN.parse(held.text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + below, LOWEST)}"
        for part in (token, *(token.children or ())):
            if part.type in ("code_inline", "fence", "code_block"):
                part.content = held.typed(part.content)
            elif part.type == "text":
                part.content = with_minus(part.content)
    return held.written(str(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})), formula)


def prose_of(markdown: str, dialect: Dialect, *, inline: bool = False) -> str:
    """The text in another format; `inline` without a paragraph round it."""
    held = Held(" ".join(markdown.split()) if inline else markdown)
    tokens = MARKDOWN.parseInline(held.text) if inline else MARKDOWN.parse(held.text)
    return _node(SyntaxTreeNode(tokens), dialect, held).strip("\n")


def plain_of(text: str, dialect: Dialect) -> str:
    """A text that is no Markdown, with its formulas: an answer such as `2*x*y`."""
    held = Held(" ".join(text.split()))
    return held.written(
        held.text, dialect.formula, lambda part: dialect.text(with_minus(part.replace(r"\$", "$")))
    )


def _node(node: SyntaxTreeNode, dialect: Dialect, held: Held) -> str:
    match node.type:
        case "text":
            return held.written(with_minus(node.content), dialect.formula, dialect.text)
        case "code_inline":
            return dialect.code(held.typed(node.content))
        case "fence" | "code_block":
            return dialect.listing(held.typed(node.content).rstrip("\n"))
        case "link":
            inner = "".join(_node(child, dialect, held) for child in node.children)
            return dialect.link(held.typed(str(node.attrs.get("href", ""))), inner)
        case "table":
            return dialect.table(_rows(node, dialect, held))
    before, after = dialect.around.get(node.type, ("", ""))
    return before + "".join(_node(child, dialect, held) for child in node.children) + after


def _rows(table: SyntaxTreeNode, dialect: Dialect, held: Held) -> list[list[str]]:
    return [
        [_node(cell, dialect, held) for cell in row.children]
        for part in table.children
        for row in part.children
    ]
