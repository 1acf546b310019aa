"""Holds the params of an item, what is derived from them, and its check to their rules."""

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from grader.bank.place import ItemPlace, Rule, texts
from grader.errors import Finding
from grader.quiz.expressions import PLACEHOLDER, read_expression
from grader.quiz.values import ExpressionError
from grader.yaml_tree import Trail

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


def _expressions(here: ItemPlace) -> Iterator[Finding]:
    """Every expression can be read, and uses only names that are known where it stands."""
    known = _known(here, "params")
    lets = here.data.get("let")
    for name in lets if isinstance(lets, dict) else ():
        yield from _expression(here, ("let", name), here.part(("let", name), str), known)
        known |= {name}
    conditions: list[Trail] = [("where", index) for index in here.parts(("where",))]
    for step in conditions or [("where",)]:
        yield from _expression(here, step, here.part(step, str), known)
    for place, text in texts(here.data):
        for template in PLACEHOLDER.finditer(text):
            yield from _expression(here, place, template[1], known, template.start(1))
        # Two braces close in TeX as well, but only an expression opens with two.
        if "{{" in PLACEHOLDER.sub("", text):
            what = "`{{` begins an expression, and no `}}` ends it"
            yield here.finding(place, "bad-expression", what, "close it, or put a space between the braces")


def _known(here: ItemPlace, field: str) -> frozenset[str]:
    entries = here.data.get(field)
    return frozenset(entries) if isinstance(entries, dict) else frozenset()


def _expression(
    here: ItemPlace, step: Trail, text: str | None, known: frozenset[str], offset: int = 0
) -> Iterator[Finding]:
    if text is None:
        return
    try:
        unknown = sorted(read_expression(text).names - known)
    except ExpressionError as error:
        cure = "write arithmetic on the names under `params` and `let`"
        yield _unreadable(here, step, offset, f"`{text.strip()[:60]}`: {error}", cure)
        return
    for name in unknown:
        cure = f"write it under `params` or `let`{_near(name, known)}"
        yield _unreadable(here, step, offset, f"the name `{name}` is not known here", cure)


def _unreadable(here: ItemPlace, step: Trail, offset: int, what: str, cure: str) -> Finding:
    place = here.tree.place_within((*here.trail, *step), offset)
    return Finding(here.tree.path, *place, "bad-expression", what, cure)


def _near(name: str, known: frozenset[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1)
    return f"; did you mean `{near[0]}`?" if near else ""


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


OF_ITEMS: tuple[Rule, ...] = (_names, _values, _expressions, _check)

RULES: Mapping[str, str] = {
    "bad-params": """\
What: a param or a name under `let` cannot be used: no such name, no values, an empty range.
Why: no form could be drawn from it.
Cure: write `name: [3, 5, 7]` or `name: {from: 4, to: 64, step: 4}`; names are lower-case.""",
    "bad-expression": """\
What: an expression under `let` or `where`, or in `{{ }}`, cannot be read, or uses a name that is not known.
Why: no form could be drawn with it.
Cure: write arithmetic and the functions that are known, of names under `params` and `let`.""",
    "bad-check": """\
What: the `check` of an item is no Python.
Why: it cannot prove the key.
Cure: mend it at the line named; begin it with `check: |` on a line of its own.""",
}
"""The pages of the rules of this module, for `grade explain`."""
