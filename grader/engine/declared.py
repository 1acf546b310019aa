"""Reads what an author declares about a test: its promise, its points and what it needs."""

import ast
import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from grader.model.exercise import Limits
from grader.model.report import Visibility

MARKERS = (
    "points(n): what the promise is worth",
    "needs(*tests): tests of the same exercise without which this one makes no sense",
    "visibility(when, strategy=): visible, after_due_date or hidden; 'public' if draws are no secret",
    "limits(seconds=, memory=): what this test may use",
)


# What an author may say of a test, and no more: a slip here would silently change what a promise is worth.
LIMITS = ("seconds", "memory")
PUBLIC = "public"
NOT_RUN = ("skip", "skipif", "xfail")


@dataclass(frozen=True, slots=True)
class Declared:
    """One promise of an exercise as its tests declare it; a parametrized test is one promise.

    `fault` says why the test cannot count, where its author made a slip; it is then broken for everybody.
    """

    id: str
    title: str
    points: Fraction
    visibility: Visibility
    needs: tuple[str, ...]
    path: Path
    line: int
    has_promise: bool
    fault: str | None = None
    has_public_strategy: bool = False

    @property
    def is_hidden(self) -> bool:
        return self.path.name == "test_hidden.py"

    @property
    def is_visible(self) -> bool:
        return self.visibility is Visibility.VISIBLE


def declared(items: Sequence[pytest.Function]) -> Declared:
    """What the author wrote above and in the test whose items these are."""
    item = items[0]
    points, visibility = _points(item), _visibility(item)
    return Declared(
        id=name_of(item),
        title=_title(item),
        points=points or Fraction(0),
        visibility=visibility or Visibility.HIDDEN,
        needs=tuple(str(name) for marker in item.iter_markers("needs") for name in marker.args),
        path=item.path,
        line=_code(item).co_firstlineno,
        has_promise=bool(inspect.getdoc(item.obj)),
        fault=next(_faults(items, points, visibility), None),
        has_public_strategy=_strategy(item) == PUBLIC,
    )


def name_of(item: pytest.Function) -> str:
    """The name of the test function, the same for all parameters."""
    return item.originalname


def limits_of(item: pytest.Item, limits: Limits) -> Limits:
    """The limits of the exercise with those that the test sets for itself."""
    marker = item.get_closest_marker("limits")
    return replace(limits, **marker.kwargs) if marker else limits


def is_in_sight(item: pytest.Item) -> bool:
    """Whether a student sees more of the test than its verdict."""
    return _visibility(item) is Visibility.VISIBLE


def _faults(
    items: Sequence[pytest.Function], points: Fraction | None, visibility: Visibility | None
) -> Iterator[str]:
    name, path = name_of(items[0]), items[0].path
    if len({_code(item) for item in items}) > 1 or _definitions(path).count(name) > 1:
        yield "another test of the exercise has the same name"
    for word in NOT_RUN:
        if any(item.get_closest_marker(word) for item in items):
            yield f"it is marked `{word}`, which a graded test may not be"
    if points is None or points < 0:
        yield '`points` should be a number, or a fraction in quotes such as `"1/2"`'
    if visibility is None:
        yield f"`visibility` should be one of {', '.join(f'`{known}`' for known in Visibility)}"
    if _strategy(items[0]) and not _is_drawn(items[0]):
        yield "a `strategy` is public only where all inputs are drawn: by `@given`, without `@example`"
    elif _strategy(items[0]) not in (None, PUBLIC):
        yield "`strategy` can only be 'public'"
    for marker in items[0].iter_markers("limits"):
        if marker.args or not all(key in LIMITS and _is_amount(marker.kwargs[key]) for key in marker.kwargs):
            yield "`limits` takes `seconds=` and `memory=` (in bytes), each a number above 0"


def _points(item: pytest.Function) -> Fraction | None:
    try:
        return Fraction(str(_argument(item, "points", 0)))
    except (ValueError, ZeroDivisionError):
        return None


def _visibility(item: pytest.Item) -> Visibility | None:
    value = _argument(item, "visibility", Visibility.VISIBLE)
    return Visibility(value) if value in list(Visibility) else None


def _strategy(item: pytest.Function) -> Any:
    marker = item.get_closest_marker("visibility")
    return marker.kwargs.get("strategy") if marker else None


def _is_drawn(item: pytest.Function) -> bool:
    return hasattr(item.obj, "hypothesis") and not getattr(item.obj, "hypothesis_explicit_examples", ())


def _argument(item: pytest.Item, name: str, default: Any) -> Any:
    """What a marker was given; None where it stands there without anything."""
    marker = item.get_closest_marker(name)
    if marker is None:
        return default
    return marker.args[0] if len(marker.args) == 1 else None


def _is_amount(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def _code(item: pytest.Function) -> CodeType:
    code: CodeType = inspect.unwrap(item.obj).__code__
    return code


def _definitions(path: Path) -> list[str]:
    """The functions at the top of a file; of two with one name, Python silently keeps the last."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


def _title(item: pytest.Function) -> str:
    paragraph = (inspect.getdoc(item.obj) or "").split("\n\n")[0]
    return " ".join(paragraph.split()) or name_of(item).removeprefix("test_").replace("_", " ")
