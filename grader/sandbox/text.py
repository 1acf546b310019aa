"""Makes text from a submission safe to show."""

import re
import unicodedata

KEPT = "\n\t"
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""Controls, formats (which reorder or hide what follows), surrogates, what is not assigned, odd line ends."""
IGNORED = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0").union(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
"""Letters and marks of which nothing is drawn: Unicode's default ignorable code points."""

_COMMAND = re.compile(r"^([^\S\n]*)(?=::)|(?<=#)(?=#\w*\[)", re.MULTILINE)
"""Where CI systems find commands: `::error::` at the start of a line; `##[error]`, `##vso[…]` anywhere."""


def printable(text: str) -> str:
    """The text with everything that a terminal or a CI log would act on written as an escape."""
    if not (text.isascii() and text.isprintable()):
        text = text.replace("\r\n", "\n")
        text = "".join(_escaped(c) if is_unseen(c) else c for c in text)
    return _COMMAND.sub(r"\1" + "\\\\", text) if "::" in text or "##" in text else text


def is_unseen(character: str) -> bool:
    """Whether a character acts or hides where it is shown, in the place of being seen."""
    if character in KEPT:
        return False
    return character in IGNORED or unicodedata.category(character) in UNSEEN


def one_line(text: str) -> str:
    """The printable text without its line ends, where lines could pass for the report's own."""
    return " ".join(printable(text).split())


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")
