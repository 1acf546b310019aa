"""Puts a document into the template of a format, each text in the words of that format."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from grader.export.document import Document
from grader.export.prose import Dialect, plain_of, prose_of

Filter = Callable[[str], str]


def filled(
    template: str,
    page: Document,
    escape: Filter,
    filters: Mapping[str, Filter],
    more: Mapping[str, object] | None = None,
) -> str:
    """The template with the document in it, and more by its names: what no filter has written is escaped."""
    named = {**(more or {}), "page": page}
    return templates(escape, filters).get_template(template).render(named)


def templates(escape: Filter, filters: Mapping[str, Filter]) -> Environment:
    """The templates of a format, which escape what none of its filters has written."""

    def written(value: Any) -> Markup:
        return value if isinstance(value, Markup) else Markup(escape(str(value)))  # noqa: S704

    environment = Environment(
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        loader=PackageLoader("grader.export"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,  # so that what a macro gives is known to be written; `written` sees to the rest
        finalize=written,
    )
    environment.filters.update({name: _marked(write) for name, write in filters.items()})
    return environment


def typeset(template: str, dialect: Dialect, page: Document) -> str:
    """The document in a format that is described by its dialect."""
    filters: Mapping[str, Filter] = {
        "prose": lambda text: prose_of(text, dialect),
        "line": lambda text: prose_of(text, dialect, inline=True),
        "plain": lambda text: plain_of(text, dialect),
        "typed": dialect.code,
    }
    return filled(template, page, dialect.text, filters)


def _marked(write: Filter) -> Callable[[str], Markup]:
    return lambda text: Markup(write(str(text)))  # noqa: S704 (it is written in the words of the format)
