"""Reads what was selected: letters of options, true and false, pairs, an order."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

TRUE = {"true", "t", "yes", "y", "right", "1"}
FALSE = {"false", "f", "no", "n", "wrong", "0"}
MAX_LENGTH = 1_000
_PAIR = re.compile(r"(?<!\d)(\d{1,2})\s{0,3}(?:->|[-–=:.,→)])?\s{0,3}([A-Za-z])(?![A-Za-z])")
_BETWEEN = re.compile(r"[\s,;()\[\]{}.'\"]|\band\b")
_ARROWS = re.compile(r"[\s,;()\[\]{}.'\"<>→–-]|\bthen\b")


class UnclearError(ValueError):
    """A response that cannot be understood; the message says what would be."""


def is_blank(response: Any) -> bool:
    """Whether nothing was answered: null, an empty text, a list or a mapping of nothing else."""
    if isinstance(response, str):
        return not response.strip()
    if isinstance(response, Mapping):
        return all(map(is_blank, response.values()))
    return response is None or (isinstance(response, tuple | list) and all(map(is_blank, response)))


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
    return frozenset(_letters(response, options, _BETWEEN, "answer with letters from {} to {}"))


def read_order(response: Any, steps: int) -> tuple[str, ...]:
    """The letters of all steps in an order: `CABD`, `C, A, B, D`, `C > A > B > D`, or a list.

    Raises:
        UnclearError: a step is missing, stands there twice, or is none.
    """
    letters = _letters(response, steps, _ARROWS, "write each letter from {} to {} once, in order")
    if len(letters) != steps or len(set(letters)) != steps:
        raise UnclearError(f"write each letter from A to {letter(steps - 1)} once, in order")
    return tuple(letters)


def _letters(response: Any, options: int, between: re.Pattern[str], cure: str) -> list[str]:
    known = [letter(index) for index in range(options)]
    cure = cure.format(known[0], known[-1])
    parts: Sequence[Any] = response if isinstance(response, tuple | list) else [response]
    if not all(isinstance(part, str) and len(part) <= MAX_LENGTH for part in parts):
        raise UnclearError(cure)
    letters = [one.upper() for part in parts for one in between.sub("", part)]
    odd = [one for one in letters if one not in known]
    if odd:
        raise UnclearError(f"there is no option `{odd[0]}`; {cure}")
    return letters


def read_pairs(response: Any, lefts: int, rights: int) -> dict[int, str]:
    """The letter for each left that has one, by its number from 1: `1B 2A 3C`, `BAC`, a list, or a mapping.

    Raises:
        UnclearError: something else stands there, or a left has two letters.
    """
    cure = f"write a number from 1 to {lefts} and a letter from A to {letter(rights - 1)}: `1B 2A`"
    if isinstance(response, Mapping):
        given = [(str(key).strip(), value) for key, value in response.items()]
    elif isinstance(response, tuple | list) and len(response) == lefts and not _is_pairs(response):
        given = [(str(number), value) for number, value in enumerate(response, start=1)]
    else:
        text = " ".join(map(str, response)) if isinstance(response, tuple | list) else str(response)
        given = _typed_pairs(text, lefts, cure)
    pairs: dict[int, str] = {}
    for key, value in given:
        if is_blank(value):
            continue
        name = str(value).strip().upper().strip(".()")
        if not re.fullmatch("[0-9]{1,2}", key) or not 1 <= int(key) <= lefts:
            raise UnclearError(f"there is no `{key[:20]}`; {cure}")
        if len(name) != 1 or not 0 <= ord(name) - ord("A") < rights:
            raise UnclearError(f"there is no `{name[:20]}`; {cure}")
        if pairs.setdefault(int(key), name) != name:
            raise UnclearError(f"{int(key)} has two letters; write one")
    return pairs


def _is_pairs(entries: Sequence[Any]) -> bool:
    """Whether a list holds `1B` and the like, not letters alone."""
    return any(isinstance(entry, str) and _PAIR.search(entry) for entry in entries)


def _typed_pairs(text: str, lefts: int, cure: str) -> list[tuple[str, str]]:
    if len(text) > MAX_LENGTH:
        raise UnclearError(cure)
    pairs = _PAIR.findall(text)
    rest = _BETWEEN.sub("", _PAIR.sub("", text))
    if not pairs and len(rest) == lefts and rest.isalpha():
        return [(str(number), name) for number, name in enumerate(rest, start=1)]
    if rest or not pairs:
        raise UnclearError(cure)
    return pairs


def letter(index: int) -> str:
    """A for the first option, B for the second."""
    return chr(ord("A") + index)
