"""Tells a number from the unit typed behind it, and knows which units measure the same."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

_PREFIXES: Mapping[str, int] = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}
_BY_THOUSANDS = {
    **{f"{prefix}b": ("byte", power) for prefix, power in _PREFIXES.items()},
    **{f"{prefix}byte": ("byte", power) for prefix, power in _PREFIXES.items()},
    **{f"{prefix}ib": ("byte", power) for prefix, power in _PREFIXES.items() if prefix},
    **{f"{prefix}bit": ("bit", power) for prefix, power in _PREFIXES.items()},
    **{f"{prefix}flop": ("operation", power) for prefix, power in _PREFIXES.items()},
    **{f"{prefix}hz": ("frequency", power) for prefix, power in _PREFIXES.items()},
    "kilobyte": ("byte", 1),
    "megabyte": ("byte", 2),
    "gigabyte": ("byte", 3),
    "terabyte": ("byte", 4),
}
_SECONDS: Mapping[str, Fraction] = {
    **dict.fromkeys(("s", "sec", "second"), Fraction(1)),
    **dict.fromkeys(("ms", "millisecond"), Fraction(1, 10**3)),
    **dict.fromkeys(("us", "μs", "microsecond"), Fraction(1, 10**6)),
    **dict.fromkeys(("ns", "nanosecond"), Fraction(1, 10**9)),
    **dict.fromkeys(("min", "minute"), Fraction(60)),
    **dict.fromkeys(("h", "hr", "hour"), Fraction(3600)),
}
_BEHIND = re.compile(
    r"(.*?[\d.)}\]])\s*(?:\\(?:text|mathrm)\{)?\s*((?![eE][-+]?\d)[^\W\d_][\w/ .·^-]*?)\}?\.?\s*\$?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is measured, and the sizes that the unit may have: a kilobyte is 1000 or 1024 bytes."""

    measures: str
    sizes: tuple[Fraction, ...]


def unit_of(word: str) -> Unit | None:
    """The unit that a word names; None where it is not known."""
    name = plain_unit(word)
    if name in _SECONDS:
        return Unit("time", (_SECONDS[name],))
    if name not in _BY_THOUSANDS:
        return None
    measures, power = _BY_THOUSANDS[name]
    if name.endswith("ib"):
        return Unit(measures, (Fraction(1024) ** power,))
    binary = (Fraction(1024) ** power,) if measures in ("byte", "bit") and power else ()
    return Unit(measures, (Fraction(1000) ** power, *binary))


def plain_unit(word: str) -> str:
    """A unit in one case, without a plural's s."""
    name = unicodedata.normalize("NFKC", word).strip().casefold()
    return name[:-1] if len(name) > 3 and name.endswith("s") else name


def apart(typed: str, due: str) -> tuple[str, str]:
    """The number and the unit behind it; the unit is empty where none is typed."""
    text = re.sub(r"\\[,;: ]", " ", typed).strip()
    match = _BEHIND.fullmatch(text)
    if match:
        return match[1], match[2].strip()
    if text.casefold().endswith(due.casefold()) and len(text) > len(due):
        return text[: -len(due)], due
    return text, ""


def factors(given: str, due: str) -> tuple[Fraction, ...]:
    """By what a number in one unit may be multiplied to be in another; none where they do not compare.

    1000 and 1024 both make a kilobyte, but one of them on both sides.
    """
    mine, yours = unit_of(due), unit_of(given)
    if mine is None or yours is None or mine.measures != yours.measures:
        return ()
    if len(mine.sizes) == len(yours.sizes):
        ratios = {a / b for a, b in zip(yours.sizes, mine.sizes, strict=True)}
    else:
        ratios = {a / b for a in yours.sizes for b in mine.sizes}
    return tuple(sorted(ratios))
