"""Lists the kinds of drawn values that are no plain data, but can be made again from it."""

from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

K = TypeVar("K", bound=type)

KINDS: dict[str, type] = {}


def remade(kind: K) -> K:
    """A dataclass whose values are kept by their fields, so that a test which draws them can be replayed."""
    KINDS[kind.__name__] = kind
    return kind


def parts_of(value: Any) -> tuple[str, dict[str, Any]] | None:
    """The kind of such a value with its fields; None for any other value."""
    name = type(value).__name__
    if KINDS.get(name) is not type(value) or not is_dataclass(value):
        return None
    return name, {field.name: getattr(value, field.name) for field in fields(value)}
