"""Makes text from a submission safe to show."""

import unicodedata

KEPT = "\n\t"
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Controls, formats (which reorder or hide what follows), surrogates, private use, odd line ends."""


def printable(text: str) -> str:
    """The text with everything that a terminal would act on written as an escape."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    return "".join(c if c in KEPT or unicodedata.category(c) not in UNSEEN else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")
