"""The templates of pages and pictures, which escape all that they are given."""

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

_UNSEEN = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
)
"""What XML forbids, and signs that turn the text around them."""


@cache
def template(name: str) -> Template:
    """A template of this room; a slip in it is an error, not an empty place."""
    pages = Environment(
        loader=PackageLoader("grader.report"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
    )
    pages.filters.update(seen=seen, in_code=in_code)
    return pages.get_template(name)


def seen(text: str) -> str:
    """A text in one line, without what no page may hold."""
    return _UNSEEN.sub("\ufffd", " ".join(text.split()))


def in_code(text: str) -> Markup:
    """A text in which what stands between backticks is set as code."""
    return Markup(re.sub("`([^`]*)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 (escaped)
