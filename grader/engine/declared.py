"""Reads what an author declares about a test: its promise, its points and what it needs."""

import inspect
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from grader.model.exercise import Limits
from grader.model.report import Visibility

MARKERS = (
    "points(n): what the promise is worth",
    "needs(*tests): tests of the same exercise without which this one makes no sense",
    "visibility(when): visible, after_due_date or hidden",
    "limits(seconds=, memory=): what this test may use",
)


@dataclass(frozen=True, slots=True)
class Declared:
    """One promise of an exercise as its tests declare it; a parametrized test is one promise."""

    id: str
    title: str
    points: Fraction
    visibility: Visibility
    needs: tuple[str, ...]
    path: Path
    line: int
    has_promise: bool

    @property
    def is_hidden(self) -> bool:
        return self.path.name == "test_hidden.py"


def declared(item: pytest.Function) -> Declared:
    """What the author wrote above and in a test."""
    return Declared(
        id=name_of(item),
        title=_title(item),
        points=Fraction(str(_argument(item, "points", 0))),
        visibility=Visibility(_argument(item, "visibility", Visibility.VISIBLE)),
        needs=tuple(str(name) for marker in item.iter_markers("needs") for name in marker.args),
        path=item.path,
        line=inspect.unwrap(item.obj).__code__.co_firstlineno,
        has_promise=bool(inspect.getdoc(item.obj)),
    )


def name_of(item: pytest.Function) -> str:
    """The name of the test function, the same for all parameters."""
    return item.originalname


def limits_of(item: pytest.Item, limits: Limits) -> Limits:
    """The limits of the exercise with those that the test sets for itself."""
    marker = item.get_closest_marker("limits")
    return replace(limits, **marker.kwargs) if marker else limits


def _argument(item: pytest.Function, name: str, default: Any) -> Any:
    marker = item.get_closest_marker(name)
    return marker.args[0] if marker and marker.args else default


def _title(item: pytest.Function) -> str:
    paragraph = (inspect.getdoc(item.obj) or "").split("\n\n")[0]
    return " ".join(paragraph.split()) or name_of(item).removeprefix("test_").replace("_", " ")
