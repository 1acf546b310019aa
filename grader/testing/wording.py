"""The words that a student reads for a value."""

from typing import Any

import numpy as np

LONGEST_TEXT = 60


def titled(name: str) -> str:
    """The name of a value as code; one that has backticks already ("`out` of one row") stays as it is."""
    return name if "`" in name else f"`{name}`"


def kind_of(value: Any) -> str:
    """What `value` is, with its article: "an array of shape (2, 3)", "a bool", "None"."""
    if value is None:
        return "None"
    if type(value) is np.ndarray:
        return f"an array of shape {value.shape}"
    return with_article(type(value).__name__)


def with_article(name: str) -> str:
    return f"{'an' if name[:1].lower() in tuple('aeiou') else 'a'} {name}"


def number(value: Any) -> str:
    """A number with at most 6 digits, an integer of up to 20 whole; zero has no sign."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, int | np.integer):
        return str(int(value)) if abs(int(value)) < 10**20 else "a huge integer"
    if isinstance(value, complex | np.complexfloating):
        return f"{complex(value):.6g}"
    return f"{float(value) + 0.0:.6g}"


def comparison(expected: Any, actual: Any, *, source: str = "expected") -> str:
    """The two numbers, and how far apart they are when 6 digits do not tell."""
    wanted, seen = number(expected), number(actual)
    if wanted != seen or wanted.startswith("a huge"):
        return f"{source} {wanted}, got {seen}"
    return f"{source} {wanted}, got a number that differs from it by {abs(actual - expected):.2g}"


def text_of(value: Any) -> str | None:
    """A plain value as Python writes it, numpy's scalars as Python's; None when it is long or not plain."""
    text = _spelled(value)
    return text if text is not None and len(text) <= LONGEST_TEXT else None


def _spelled(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return repr(value)
    if isinstance(value, bool | int | float | complex | np.number | np.bool_):
        return number(value)
    if isinstance(value, np.ndarray):
        return f"array({_spelled(value.tolist())})" if value.size <= LONGEST_TEXT else None
    if isinstance(value, tuple | list):
        return _spelled_sequence(value)
    return None


def _spelled_sequence(values: tuple[Any, ...] | list[Any]) -> str | None:
    if len(values) > LONGEST_TEXT:
        return None
    parts = [_spelled(value) for value in values]
    if any(part is None for part in parts):
        return None
    inside = ", ".join(part for part in parts if part is not None)
    if isinstance(values, list):
        return f"[{inside}]"
    return f"({inside},)" if len(values) == 1 else f"({inside})"


def count(n: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{n} {noun if n == 1 else plural}"
