"""What one example asked of the submission, and what came of it."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

MAX_KEPT = 16 * 2**20
"""Bytes, about, of the values that are kept of one example: a submission may return as much at every call."""


@dataclass(slots=True)
class Call:
    """One call of the submission: what it was given, and the value or the exception that came back.

    `asked` holds, for each argument that is a function, what it answered to which arguments, and `times` how
    often it was asked. What is too large to be kept `is_cut`: then none of it is there.
    """

    function: str
    arguments: Mapping[str, Any]
    asked: dict[str, dict[Any, Any]] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    value: Any = None
    error: Exception | None = None
    updated: dict[str, Any] = field(default_factory=dict)
    modified: tuple[str, ...] = ()
    aliased: tuple[tuple[int, str], ...] = ()
    is_cut: bool = False
    results: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return MAX_KEPT if self.is_cut else sum(map(_size, self.arguments.values()))

    def cut(self) -> None:
        """Lets go of all values."""
        self.arguments, self.asked, self.value, self.updated, self.is_cut = {}, {}, None, {}, True


@dataclass(frozen=True, slots=True)
class Failure:
    """One example that broke the promise: why, and the calls that it made.

    Where `is_cut_short`, the time for looking for a smaller one was up before the search was at its end.
    """

    error: BaseException
    calls: tuple[Call, ...]
    is_cut_short: bool = False

    def let_go(self) -> None:
        """Forgets the frames that the errors passed through, with all that was in them."""
        errors = [self.error, *(call.error for call in self.calls)]
        while errors:
            error = errors.pop()
            if error is not None and error.__traceback__ is not None:
                error.__traceback__ = None
                errors += [error.__cause__, error.__context__]

    @property
    def size(self) -> int:
        """How much a student has to look at."""
        return sum(call.size for call in self.calls[:20])

    @property
    def weight(self) -> int:
        """The bytes of memory that it takes, about."""
        return sum(weight((call.arguments, call.value, call.updated)) for call in self.calls)


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried of one promise, as far as it is kept.

    That is the smallest example that broke it, others that did, and the calls of some with which it was kept.
    """

    least: Failure | None = None
    others: tuple[Failure, ...] = ()
    kept: tuple[tuple[Call, ...], ...] = ()


NOTHING_TRIED = Tried()


def weight(value: Any) -> int:
    """The bytes of memory that a value takes, about."""
    kind = type(value)
    if kind is np.ndarray:
        return int(value.nbytes if value.base is None else getattr(value.base, "nbytes", value.nbytes))
    if kind is float or kind is int:
        return sys.getsizeof(value)
    if isinstance(value, dict):
        return 64 + sum(weight(key) + weight(entry) for key, entry in value.items())
    if isinstance(value, tuple | list):
        return 64 + sum(map(weight, value))
    return sys.getsizeof(value)


def _size(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return int(value.size)
    if isinstance(value, dict):
        return sum(_size(entry) for entry in value.values())
    return len(value) if isinstance(value, tuple | list | str) else 1


def is_hashable(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True
