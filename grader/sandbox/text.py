"""Makes text from a submission safe to show."""

import re
import unicodedata

KEPT = "\n\t"
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Controls, formats (which reorder or hide what follows), surrogates, private use, odd line ends."""

_COMMAND = re.compile(r"^([^\S\n]*)(?=::)|(?<=#)(?=#\w*\[)", re.MULTILINE)
"""Where CI systems find commands: `::error::` at the start of a line; `##[error]`, `##vso[…]` anywhere."""


def printable(text: str) -> str:
    """The text with everything that a terminal or a CI log would act on written as an escape."""
    if not (text.isascii() and text.isprintable()):
        text = text.replace("\r\n", "\n")
        text = "".join(c if c in KEPT or unicodedata.category(c) not in UNSEEN else _escaped(c) for c in text)
    return _COMMAND.sub(r"\1" + "\\\\", text) if "::" in text or "##" in text else text


def one_line(text: str) -> str:
    """The printable text without its line ends, where lines could pass for the report's own."""
    return " ".join(printable(text).split())


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")
