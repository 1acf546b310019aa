"""Holds the params of an item, what is derived from them, and its check to their rules."""

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from grader.bank.place import ItemPlace, Rule
from grader.errors import Finding

_NAME = re.compile("[a-z][a-z0-9_]*")
_RANGE = {"from", "to", "step"}


def _names(here: ItemPlace) -> Iterator[Finding]:
    seen: set[str] = set()
    for field in ("params", "let"):
        entries = here.data.get(field)
        for name in entries if isinstance(entries, dict) else ():
            if not _NAME.fullmatch(name):
                what, cure = (
                    f"`{name}` is no name",
                    "begin with a lower-case letter; then also digits and `_`",
                )
                yield here.tree.finding((*here.trail, field, name), "bad-params", what, cure, of_key=True)
            if name in seen:
                what = f"`{name}` is a name under `params` already"
                cure = "give one of them another name"
                yield here.tree.finding((*here.trail, field, name), "bad-params", what, cure, of_key=True)
            seen.add(name)


def _values(here: ItemPlace) -> Iterator[Finding]:
    params = here.data.get("params")
    for name, values in params.items() if isinstance(params, dict) else ():
        told = _fault(values)
        if told:
            cure = "write a list of choices, `[3, 5, 7]`, or a range, `{from: 4, to: 64, step: 4}`"
            yield here.finding(("params", name), "bad-params", f"`{name}` {told}", cure)


def _fault(values: Any) -> str:
    """What is wrong with the values that a param may take; nothing where all is well."""
    if isinstance(values, list):
        return "" if values else "has no values"
    if not isinstance(values, dict):
        return "is no list of choices, and no range"
    if not {"from", "to"} <= values.keys() <= _RANGE:
        return "is no range"
    numbers = [_number(values.get(field, 1)) for field in ("from", "to", "step")]
    if any(number is None for number in numbers):
        return "is a range of something else than numbers"
    start, stop, step = (number or Fraction(0) for number in numbers)
    return "" if start <= stop and step > 0 else "is an empty range"


def _number(value: Any) -> Fraction | None:
    try:
        return None if isinstance(value, bool) else Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return None


def _check(here: ItemPlace) -> Iterator[Finding]:
    check = here.part(("check",), str)
    if check is None:
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(check)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        told = f" (line {error.lineno}: {error.msg})" if isinstance(error, SyntaxError) else ""
        yield here.finding(("check",), "bad-check", f"the check is no Python{told}", "mend it")


OF_ITEMS: tuple[Rule, ...] = (_names, _values, _check)

RULES: Mapping[str, str] = {
    "bad-params": """\
What: a param or a name under `let` cannot be used: no such name, no values, an empty range.
Why: no form could be drawn from it.
Cure: write `name: [3, 5, 7]` or `name: {from: 4, to: 64, step: 4}`; names are lower-case.""",
    "bad-check": """\
What: the `check` of an item is no Python.
Why: it cannot prove the key.
Cure: mend it at the line named; begin it with `check: |` on a line of its own.""",
}
"""The pages of the rules of this module, for `grade explain`."""
