"""Reads what was selected: letters of options, or true and false."""

import re
from collections.abc import Sequence
from typing import Any

TRUE = {"true", "t", "yes", "y", "right", "1"}
FALSE = {"false", "f", "no", "n", "wrong", "0"}


class UnclearError(ValueError):
    """A response that cannot be understood; the message says what would be."""


def is_blank(response: Any) -> bool:
    """Whether nothing was answered: null, an empty text, an empty list."""
    return (
        response is None
        or (isinstance(response, str | tuple | list) and not response)
        or (isinstance(response, str) and not response.strip())
    )


def read_truth(response: Any) -> bool:
    """True or false, as a boolean or in a word.

    Raises:
        UnclearError: it is neither.
    """
    word = str(response).strip().casefold().rstrip(".")
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise UnclearError("answer with true or false")


def read_letters(response: Any, options: int) -> frozenset[str]:
    """The letters of the options selected: `A`, `ac`, `A, C`, or a list of letters; twice is once.

    Raises:
        UnclearError: something else stands there, or a letter that no option has.
    """
    known = [letter(index) for index in range(options)]
    cure = f"answer with letters from {known[0]} to {known[-1]}"
    parts: Sequence[Any] = response if isinstance(response, tuple | list) else [response]
    if not all(isinstance(part, str) for part in parts):
        raise UnclearError(cure)
    letters = [character.upper() for part in parts for character in re.sub(r"[\s,;()\[\].'\"]|and", "", part)]
    odd = [character for character in letters if character not in known]
    if odd:
        raise UnclearError(f"there is no option `{odd[0]}`; {cure}")
    return frozenset(letters)


def letter(index: int) -> str:
    """A for the first option, B for the second."""
    return chr(ord("A") + index)
